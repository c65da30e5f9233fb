"""New, known, changed or reposted? And of which job? (pure)"""
