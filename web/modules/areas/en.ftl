# Texts of the module areas: the territory at the desk.

areas-what = Say whose territory this is, then give the outlines of its areas: communes, neighbourhoods, cantons… The map opens on them, contributions are sorted into them, and filters offer them.
areas-whose = Your territory
areas-none-chosen = No territory is chosen yet.
areas-code-said = code
areas-forget = Choose no territory any more
areas-search = Look for your commune or intercommunal body
areas-search-other = Choose another territory
areas-search-do = Search
areas-search-hint = Its official name, even in part or without accents. Add the département to tell communes of one name apart: saint denis 93.
areas-no-list = The list of communes is not in this installation: its files were not prepared (make web). Outlines can be imported without it.
areas-found = { $n ->
    [0] No commune or body of that name. Check the spelling, or type fewer words.
    [one] { $n } answer
   *[other] { $n } answers, the most populous first
}
areas-source = Names, codes, populations and perimeters: Code officiel géographique of Insee, DGCL, put together by Etalab (@etalab/decoupage-administratif, version { $edition }), Licence Ouverte 2.0.
areas-kind-commune = commune
areas-kind-arrondissement = municipal arrondissement
areas-kind-cc = communauté de communes
areas-kind-ca = communauté d’agglomération
areas-kind-cu = communauté urbaine
areas-kind-metropole = métropole
areas-kind-lyon = authority of its own kind
areas-kind-ept = établissement public territorial
areas-people = { $n ->
    [one] { $n } inhabitant
   *[other] { $n } inhabitants
}
areas-arrondissements = { $n ->
    [one] { $n } arrondissement
   *[other] { $n } arrondissements
}
areas-communes = { $n ->
    [one] { $n } commune
   *[other] { $n } communes
}
areas-unknown-code = No commune or body has this code. Choose from the list.
areas-chosen = Your territory is chosen. Now give its outlines, below.
areas-chosen-meanwhile = Somebody else has just chosen a territory. Go back to the page, and see which.
areas-forgotten = No territory is chosen any more. The areas that were imported stay.
areas-members = Member communes
areas-members-there = { $there } of { $all } have an outline
areas-members-within = Arrondissements
areas-col-arrondissement = Arrondissement
areas-col-commune = Commune
areas-col-code = Code
areas-col-outline = Outline
areas-outline-there = imported
areas-outline-missing = missing
areas-import = Give outlines
areas-nothing-written = Nothing is saved.
areas-file = File of outlines
areas-file-hint = GeoJSON, a Shapefile in a ZIP, GeoPackage, or a table with a column of geometries; { $most } MB at most. One outline or many: the next step shows what it holds, before anything is saved.
areas-no-file = Choose a file, then send again.
areas-too-large = The file is larger than { $most } MB. Simplify its outlines, or cut it into several files.
areas-too-many = The file has more than { $most },000 rows. Keep the outlines of your territory only.
areas-no-row = The file holds no row. Export it again, then send it again.
areas-no-outline = Nothing in this file is an outline: an area is a polygon.
areas-level = Level
areas-level-hint = What these areas are, in the singular: commune, quartier… The same word for all of one sort.
areas-level-wrong = Say in a word or two what these areas are (commune, quartier…), in { $most } characters at most.
areas-more = Projection, layer
areas-crs = Projection
areas-crs-auto = As the file says
areas-crs-said = As the file says (EPSG:{ $epsg })
areas-layer = Layer
areas-layer-hint = Only where the file holds several: the name of the layer, the sheet, or the file in the archive.
areas-look = Look at the file
areas-draw = Draw an outline
areas-list = Areas
areas-none-yet = No areas yet. Without areas the whole territory is one: import a file, or draw an outline.
areas-count = { $n ->
    [one] { $n } area
   *[other] { $n } areas
}
areas-filter = Look for an area
areas-none-of-name = No area of that name.
areas-col-name = Name
areas-parent = Part of
areas-change = Change
areas-row-refused = { $row }: { $why }
areas-row-no-name = the column of the name is empty; fill it in, or choose another column
areas-row-projected = its coordinates are metres, not degrees; choose the projection { $epsg } under “Projection”
areas-preview = What the file holds
areas-not-yet = Nothing is saved yet.
areas-outlines = { $n ->
    [one] { $n } outline read.
   *[other] { $n } outlines read.
}
areas-refused = { $n ->
    [one] { $n } row cannot be taken:
   *[other] { $n } rows cannot be taken, among them:
}
areas-problems = Something is wrong: see the messages below. Nothing is saved.
areas-picture = { $n ->
    [one] The outline of the file
   *[other] The { $n } outlines of the file
}
areas-picture-some = The picture shows the first outlines only.
areas-samples = The first rows
areas-col-row = Row
areas-how = How to read this file
areas-name-column-label = Column of the name
areas-name-column = Choose the column that gives the name.
areas-names-read = Names read:
areas-code-column-label = Column of the code
areas-code-column = Choose the column that gives the code, or “None”.
areas-code-none = None: the name makes the code
areas-code-hint = The code tells an area from one import to the next: of communes, that of Insee.
areas-parent-none = Nothing: it stands at the top
areas-parent-by-place = By its place, an area of the level
areas-parent-one = The same for all
areas-parent-same = As it is
areas-parent-unknown = There is no such area any more. Choose from the list.
areas-parent-inside = An area is not part of itself, nor of one of its parts. Choose another.
areas-partial = Leave the refused rows out and import the others
areas-ready = { $n ->
    [one] { $n } area would be saved.
   *[other] { $n } areas would be saved.
}
areas-ready-known = { $n ->
    [one] { $n } is there already under this level and code: it would be replaced, its contributions stay.
   *[other] { $n } are there already under this level and these codes: they would be replaced, their contributions stay.
}
areas-look-again = Look again
areas-write = Import
areas-leave = Back to the list
areas-created = { $n ->
    [0] No new area.
    [one] { $n } new area.
   *[other] { $n } new areas.
}
areas-updated = { $n ->
    [0] No area changed.
    [one] { $n } area changed.
   *[other] { $n } areas changed.
}
areas-unchanged = { $n ->
    [0] None was up to date already.
    [one] { $n } was up to date already.
   *[other] { $n } were up to date already.
}
areas-left-out = { $n ->
    [one] { $n } row of the file is left out.
   *[other] { $n } rows of the file are left out.
}
areas-undo = To go back: import the file of before with the same level, or remove the new areas, one by one, below.
areas-wait = One moment
areas-wait-what = The work goes on:
areas-wait-hint = You can leave this page: the work goes on to its end, and what comes of it shows in the list of areas.
areas-wait-again = See how far it is
areas-name-wrong = Give a name, in { $most } characters at most.
areas-code-optional = Code (optional; else the name makes it)
areas-code-taken = There is an area of the level “{ $level }” and the code “{ $code }” already. Choose another code, or change that area.
areas-no-ground = The map is empty yet: neither a basemap nor an area to draw by. Rather import a file, or paste GeoJSON.
areas-outline-hint = Click each corner of the outline, in order. By keys: move the map with the arrows, then “A corner here”.
areas-outline-corners = { "{n}" } corners, { "{size}" }.
areas-outline-here = A corner here
areas-geometry = The same outline as GeoJSON
areas-geometry-hint = Draw on the map, or paste a polygon here: a GeoJSON geometry or object, in longitude and latitude.
areas-nothing-drawn = Draw an outline, or paste it as GeoJSON.
areas-several = There is more than one object here: an area has one outline. Import several as a file.
areas-said = { $what }
areas-make = Make the area
areas-drawn = The area is made. The map shows it already.
areas-see = See it on the map
areas-edit-hint = Its address and its code stay the same. For another outline, import a file with the same level and the same code. Its address:
areas-changed = The area is changed. To go back, change it again.
areas-changed-now = Somebody else has just changed this area: it is called “{ $name }” now. What you typed is kept: read again, then save again.
areas-remove-title = Remove this area
areas-remove-hint = { $n ->
    [one] Nothing uses it. Once removed, it can be put back as it is for { $n } day.
   *[other] Nothing uses it. Once removed, it can be put back as it is for { $n } days.
}
areas-remove = Remove
areas-not-removed = This area is still used: it is not removed. Below: what uses it.
areas-cannot-go = This area cannot be removed, because it is used:
areas-used-features = { $n ->
    [one] { $n } contribution lies in it, public or not.
   *[other] { $n } contributions lie in it, public or not.
}
areas-used-parts = { $n ->
    [one] { $n } area is part of it: change that one first.
   *[other] { $n } areas are part of it: change those first.
}
areas-used-roles = { $n ->
    [one] { $n } role is or was given there.
   *[other] { $n } roles are or were given there.
}
areas-used-people = { $n ->
    [one] { $n } person says that they live there.
   *[other] { $n } people say that they live there.
}
areas-used-processes = Processes are about it: { $processes }. Change these first.
areas-see-features = See the public contributions
areas-removed = “{ $name }” ({ $level }) is removed: the map and the filters do not show it any more.
areas-removed-until = { $n ->
    [one] Keep the address of this page: for { $n } day it puts the area back as it was, under the same address.
   *[other] Keep the address of this page: for { $n } days it puts the area back as it was, under the same address.
}
areas-put-back = Put the area back
areas-back = The area is put back, as it was.
areas-too-wide = The file has more than { $most } columns. Keep those of the name and the code only.
areas-work-failed = The import broke off: nothing is written. Start again with the same file.
