# Texts of the module site.

# Texts of the interface, in English. The French file has the same keys (a test sees to it).
# Style guide, error messages, a page in need
design-title = Style guide
design-intro = What all pages are made of: colours, sizes, components, light and dark. Values are read out of the style sheet itself, contrasts are computed from them.
design-light = Light
design-dark = Dark
design-colors = Colours
design-contrasts = Contrasts
design-sample = Sample
design-pair = Ink / ground
design-ratio = Measured
design-least = Required
design-type = Text sizes
design-measures = Spaces, corners, shadow
design-buttons = Buttons
design-states = The same, pointed at and focused:
design-hover = Pointed at
design-focus = Focused
design-fields = Fields
design-choices = Choices, segments, active filters
design-boxes = Boxes
design-cards = Cards of the list
design-on-map = On the map
design-icons = Icons
design-example = A bench in the shade, Market Square
design-area = Town centre
design-argument = The oldest among us could at last rest there.
design-place-said = Placed: Town centre
proposal-outside-example = This point is outside the territory, 120 m from its border. Bring it closer.
filter-order-newest = Newest first
filter-order-score = Most supported first
error-not-found-detail = The address is wrong, or what was there has been withdrawn.
error-not-found-next = Go back to the map: everything that is public is on it.

offline-title = On this device
offline-said = No connection: the page that you asked for is not kept on this device.
offline-again = Try again
offline-scripts = Without scripts, nothing is kept on this device.
offline-waiting = What is waiting
offline-waiting-what = Everything leaves by itself as soon as there is a connection. Signing out of the site erases what is waiting.
offline-waiting-none = Nothing is waiting.
offline-send = Send now
offline-drop = Do not send
offline-forms = Pages that are kept
offline-forms-none = None. The form of a category of reports is kept once it was opened.
