"""What was agreed on in supervision: open until somebody says on which day it was done."""
