"""A borderline outcome under review by two people, each on their own and blind to the candidate's other outcomes."""
