# Texts of the module figures.

figures-link = Figures
figures-link-process = Figures
figures-title = Participation in figures
figures-title-process = Figures: { $process }
figures-description = Who takes part, where, on what, and what becomes of it: public figures, with their definitions and their data.
figures-intro = Who takes part, where, on what, and what becomes of it. Each figure is counted in this site's database, of what is published, and says its definition: anybody can count it again from the open files.
figures-counted = Counted on { $when }.
figures-empty = Nothing is published yet: there is nothing to count.
figures-empty-what = From the first contribution on, this page says how many there are by theme, area and month, what becomes of them, and how long the authority takes to answer.
figures-contents = The figures of this page
figures-not-whole = The chart ends after the first rows; the table has all of them.
figures-table = Show the table
figures-share = Share
figures-sum = Total
figures-defined = Definition.
figures-take = Take these figures away
figures-take-how = All figures of the page are in one table: figure, definition, label, count, share. Each chart can be downloaded as a picture. One row for each contribution, to count again, is in the export.
figures-delays = How long repairs of reports take
figures-sheet = Table for spreadsheets
figures-csv = CSV
figures-rows = The contributions, row by row
figures-each = The figures of each process
figures-number = { $n }
figures-few = fewer than 5
figures-percent = { $share }%
figures-rest = { $n ->
    [one] 1 other row
   *[other] { $n } other rows
}
figures-said = { $label }: { $shown }
figures-column-figure = Figure
figures-column-definition = Definition
figures-column-label = Label
figures-column-count = Count
figures-column-share = Share
figures-file = figures
figures-note = { $site }. Counted on { $when }. { $address }
figures-no-answer = no answer yet
figures-no-process = Outside any process
figures-withdrawn = Taken back by its author
figures-other-theme = Another theme
figures-no-theme = Without a theme
figures-before = before { $month }
figures-after = after { $month }
figures-people-proposed = Placed a contribution
figures-people-argued = Argued, and placed none
figures-people-voted = Voted only
figures-people-all = All
figures-nobody = { $n ->
    [one] Beside them there is 1 voice whose tie to a person was cut when its time was over: it still counts as a voice, no longer as a person.
   *[other] Beside them there are { $n } voices whose ties to a person were cut when their time was over: they still count as voices, no longer as people.
}
figures-population-unknown = population unknown
figures-population-of-none = This site does not know how many people live in these areas: no rate by inhabitant is given.

figures-totals-title = In brief
figures-totals-head = Figure
figures-totals-unit = Count
figures-totals-definition = Contributions: rows of { $file }. People: see “Who takes part”. Voices: the sum of the column voters of the same file. Median delay: of the contributions that were answered, half were in fewer days, half in more; the days are those of “The authority's answers”.
figures-total-contributions = Published contributions
figures-total-people = People
figures-total-votes = Voices
figures-total-median = Median days until an answer

figures-kinds-title = Contributions by kind
figures-kinds-head = Kind
figures-kinds-unit = Contributions
figures-kinds-definition = Number of rows of { $file } by the column kind. What waits for a moderator, is hidden, erased, or merged into another contribution is not there.

figures-outcomes-title = What becomes of contributions
figures-outcomes-head = Outcome
figures-outcomes-unit = Contributions
figures-outcomes-definition = Number of rows of { $file } by the column status, as it is at the moment of counting. A row whose column withdrawn_at is filled counts as taken back by its author, whatever its status. Together they are all contributions.

figures-answers-title = The authority's answers
figures-answers-head = First answer
figures-answers-unit = Contributions
figures-answers-definition = Rows of { $file } whose column withdrawn_at is empty and whose column kind is not project: a project of the authority waits for no answer. Delay: from created_at to first_answer_date, taken to the second, in whole days of 24 hours. Without an answer: first_answer_date is empty. Together they are all of these rows.
figures-delay-first = In fewer than 30 days
figures-delay-second = In 30 to 59 days
figures-delay-third = In 60 to 89 days
figures-delay-later = In 90 days or more
figures-delay-none = Not answered so far

figures-within-title = Answers within 30, 60 and 90 days
figures-within-head = First answer
figures-within-unit = Contributions
figures-within-definition = The same rows and delays as “The authority's answers”, added up: what was answered in fewer than 30 days counts within 60 and 90, too. The share is of all of these rows, those that still wait among them.
figures-delay-within-first = In fewer than 30 days
figures-delay-within-second = In fewer than 60 days
figures-delay-within-third = In fewer than 90 days

figures-months-title = Contributions by month
figures-months-head = Month
figures-months-unit = Contributions
figures-months-definition = Number of rows of { $file } by the month of the column created_at: its first seven characters, in UTC. What is older than twenty-four months is one.

figures-themes-title = Contributions by theme
figures-themes-head = Theme
figures-themes-unit = Contributions
figures-themes-definition = Number of rows of { $file } by the column theme. Each contribution has one theme at most.

figures-areas-title = Contributions by area: { $level }
figures-areas-head = Area
figures-areas-unit = Contributions
figures-areas-definition = Number of rows of { $file } by the areas of the level “{ $level }” that the column areas names. A contribution that touches several of these areas is counted in none of them, but in a row of its own; so is one that touches none. Together they are all contributions.
figures-areas-several = In several at once
figures-areas-elsewhere = Elsewhere
figures-areas-none = In none

figures-silent-title = Areas without a contribution: { $level }
figures-silent-head = Areas
figures-silent-unit = Areas
figures-silent-definition = Of all areas of the level “{ $level }”, those that the column areas of no row of { $file } names. A contribution that lies in several counts for each.
figures-silent-with = With at least one contribution
figures-silent-without = Without any contribution
figures-silent-names = Without any contribution: { $names }.

figures-rates-title = Contributions per 1,000 inhabitants: { $level }
figures-rates-head = Area
figures-rates-unit = Per 1,000 inhabitants
figures-rates-definition = Number of rows of { $file } whose column areas names the area (a contribution that lies in several counts in each), times 1,000, divided by the population that the authority gave for this area, rounded to a tenth. Where the population is unknown there is no rate.

figures-channels-title = How contributions came
figures-channels-head = Channel
figures-channels-unit = Contributions
figures-channels-definition = Number of rows of { $file } by the column channel.

figures-participants-title = Who takes part
figures-participants-head = What these people did
figures-participants-unit = People
figures-participants-definition = Different people, as far as this site can tell them apart: an account, or a browser without one. Each is counted once, under the first of these that is true of them: placed a published contribution; argued on one; voted. Contributions that were read from a file have no author here. A group of fewer than five people is never shown alone: it is joined to another as “Others”. Public files do not say who said what: this figure cannot be counted again from them.

figures-processes-title = Contributions by process
figures-processes-head = Process
figures-processes-unit = Contributions
figures-processes-definition = Number of rows of { $file } by the column process; empty: outside any process.

figures-votes-title = Voices by process
figures-votes-head = Process
figures-votes-unit = Voices
figures-votes-definition = Sum of the column voters of { $file } by the column process: one voice a person and contribution, for, against or in the middle of a scale.

figures-turnout-title = Participants by process
figures-turnout-head = Process
figures-turnout-unit = People
figures-turnout-definition = Different people, in the sense of “Who takes part”, who placed, argued or voted in the process. Who takes part in two processes is counted in each: the sum is no number of people. Of one to four people it is only said that they are fewer than 5. This figure cannot be counted again from public files.

channel-web = Placed on this site
channel-import = Read from a file
channel-demo = Made up for the demonstration
channel-open311 = Received from another organisation’s software (Open311)
column-channel = Channel
column-first-answer-date = First answered on
figures-brief-more = All figures of the process
figures-total-answered = Contributions with an answer
