"""After how many months without delivery a right lapses: the settings of a programme, and a change of them."""
