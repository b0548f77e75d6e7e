# Reports.
facet-category = Category of report
facet-category-none = No category
facet-service = Service
facet-service-none = No service
facet-clock = Delay
facet-clock-running = Within its time
facet-clock-overdue = Overdue
facet-clock-paused = Clock stopped
facet-clock-in_time = Ended in time
facet-clock-late = Ended late
facet-clock-none = No clock
report-needs-reason = Say why this report is closed without a repair: the reason is published.
report-is-open = This report is still open: there is nothing to open again.
report-reopens-no-more = This report ended more than 30 days ago: make a new one, at the same place.
report-clock-stands = This clock is stopped already, or there is none.
report-clock-runs = This clock is running already.
