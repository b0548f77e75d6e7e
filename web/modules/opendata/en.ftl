# Texts of the module opendata.

export-for-whom = “for={ $value }” does not exist; write for=excel, or nothing for programs.
column-process-en = Process (English)
column-theme-en = Theme (English)
