"""What a study, a case definition and a problem are: records, vocabularies and rules, without Sphinx."""
