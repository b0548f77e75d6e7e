# Textes du module opendata.

export-for-whom = « for={ $value } » n’existe pas ; écrivez for=excel, ou rien pour les programmes.
column-process-en = Démarche (anglais)
column-theme-en = Thème (anglais)
