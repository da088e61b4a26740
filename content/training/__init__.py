"""Workplace wellbeing and train the trainer: courses, their modules, and the plan of each module's session."""
