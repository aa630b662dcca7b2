"""The editor: exercises, competencies, indicators, anchors and every number of a draft."""
