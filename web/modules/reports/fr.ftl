# Signalements.
facet-category = Catégorie de signalement
facet-category-none = Sans catégorie
facet-service = Service
facet-service-none = Sans service
facet-clock = Délai
facet-clock-running = Dans les délais
facet-clock-overdue = En retard
facet-clock-paused = Délai suspendu
facet-clock-in_time = Terminé à temps
facet-clock-late = Terminé en retard
facet-clock-none = Sans délai
report-needs-reason = Dites pourquoi ce signalement est clos sans réparation : la raison est publiée.
report-is-open = Ce signalement est encore ouvert : il n’y a rien à rouvrir.
report-reopens-no-more = Ce signalement est terminé depuis plus de 30 jours : faites-en un nouveau, au même endroit.
report-clock-stands = Ce délai est déjà suspendu, ou il n’y en a pas.
report-clock-runs = Ce délai court déjà.
