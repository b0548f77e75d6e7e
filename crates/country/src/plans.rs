//! The control points of the roads that are drawn by hand; `roads` draws them.

use crate::roads::Class;

/// A road to be drawn.
pub struct Plan {
    /// What sort of road it is.
    pub class: Class,
    /// Its name.
    pub name: &'static str,
    /// What it goes through, in metres.
    pub by: &'static [(f64, f64)],
}

const fn main(name: &'static str, by: &'static [(f64, f64)]) -> Plan {
    Plan { class: Class::Main, name, by }
}

const fn secondary(name: &'static str, by: &'static [(f64, f64)]) -> Plan {
    Plan { class: Class::Secondary, name, by }
}

const fn path(name: &'static str, by: &'static [(f64, f64)]) -> Plan {
    Plan { class: Class::Path, name, by }
}

/// Names with a `|` change on the way: each part names an equal share of the road.
pub const PLANS: &[Plan] = &[
    Plan {
        class: Class::Rail,
        name: "Ligne du Val",
        by: &[
            (-9700.0, -1500.0),
            (-6500.0, -2050.0),
            (-3500.0, -1800.0),
            (-1400.0, -1330.0),
            (20.0, -1190.0),
            (1300.0, -1330.0),
            (3000.0, -1950.0),
            (5000.0, -2950.0),
            (7000.0, -3550.0),
            (9700.0, -4200.0),
        ],
    },
    main(
        "Boulevard de la République|Boulevard Victor-Hugo|Boulevard des Remparts|Boulevard Gambetta|Boulevard de la Gare|Boulevard Louise-Michel",
        &[
            (-640.0, 60.0),
            (-560.0, 380.0),
            (-260.0, 590.0),
            (60.0, 650.0),
            (420.0, 560.0),
            (660.0, 300.0),
            (700.0, 0.0),
            (690.0, -340.0),
            (580.0, -760.0),
            (300.0, -960.0),
            (0.0, -1010.0),
            (-330.0, -930.0),
            (-520.0, -720.0),
            (-590.0, -380.0),
            (-640.0, 60.0),
        ],
    ),
    main(
        "Rue de la Gare|Rue du Pont-Vieux|Grande Rue",
        &[(0.0, -1100.0), (0.0, -1010.0), (25.0, -640.0), (-20.0, -330.0), (0.0, 0.0)],
    ),
    main(
        "Rue des Carmes|Avenue du Général-Leclerc|Avenue du Général-Leclerc|Route de Clairval|Route de Clairval|Route de Clairval|Route de Clairval",
        &[
            (0.0, 0.0),
            (30.0, 330.0),
            (60.0, 650.0),
            (150.0, 1250.0),
            (60.0, 1950.0),
            (-150.0, 2900.0),
            (120.0, 4600.0),
            (-250.0, 7300.0),
        ],
    ),
    main(
        "Rue Saint-Martin|Avenue Jean-Jaurès|Avenue Jean-Jaurès|Avenue des Essarts|Route de Montclar|Avenue de la Libération|Route de Beaulieu|Route de Beaulieu|Route de Beaulieu",
        &[
            (0.0, 0.0),
            (330.0, 20.0),
            (700.0, 0.0),
            (1650.0, 310.0),
            (2800.0, 520.0),
            (3950.0, 880.0),
            (5400.0, 1750.0),
            (7300.0, 2150.0),
            (9700.0, 2900.0),
        ],
    ),
    main(
        "Rue de l'Hôtel-de-Ville|Avenue Pasteur|Avenue Pasteur|Avenue de Vernoise|Route de Montclar|Avenue du Maréchal-Foch|Route de Lormont|Route de Lormont|Route de Lormont",
        &[
            (0.0, 0.0),
            (-330.0, 80.0),
            (-640.0, 60.0),
            (-1750.0, 260.0),
            (-2750.0, 690.0),
            (-4300.0, 1020.0),
            (-5600.0, 1850.0),
            (-7300.0, 2450.0),
            (-9700.0, 3300.0),
        ],
    ),
    main(
        "Avenue de Fontmarin|Route de Fontmarin|Route de Fontmarin|Route de Montclar|Rue Principale|Route de Saint-Aubin|Route de Saint-Aubin",
        &[
            (-520.0, -720.0),
            (-980.0, -1400.0),
            (-1500.0, -2300.0),
            (-1750.0, -3400.0),
            (-2400.0, -4600.0),
            (-2600.0, -5800.0),
            (-3300.0, -7300.0),
        ],
    ),
    main(
        "Avenue de Saint-Loup|Avenue de Saint-Loup|Route de Saint-Loup|Route de Saint-Loup|Route de Saint-Loup",
        &[
            (580.0, -760.0),
            (1450.0, -1000.0),
            (2700.0, -1400.0),
            (4300.0, -2050.0),
            (5500.0, -2700.0),
            (6560.0, -2720.0),
        ],
    ),
    main(
        "Rue de la Croix-Verte|Route des Essarts|Route des Essarts|Rue du Faubourg|Rue du Pont|Route de Marcigny|Route de Marcigny|Route de Marcigny",
        &[
            (3950.0, 880.0),
            (4550.0, 260.0),
            (5600.0, -500.0),
            (6650.0, -1600.0),
            (6480.0, -2150.0),
            (6560.0, -2720.0),
            (7200.0, -4300.0),
            (7500.0, -7300.0),
        ],
    ),
    secondary(
        "Rue des Tisserands|Rocade des Tanneries|Boulevard Clemenceau|Boulevard Clemenceau",
        &[
            (-980.0, -1400.0),
            (-1560.0, -1050.0),
            (-1820.0, -300.0),
            (-1750.0, 260.0),
            (-1420.0, 1050.0),
            (-760.0, 1450.0),
            (130.0, 1250.0),
        ],
    ),
    secondary(
        "Boulevard de l'Europe|Boulevard de l'Europe|Rue du Moulin-à-Vent|Rue du Port",
        &[
            (130.0, 1250.0),
            (850.0, 1400.0),
            (1400.0, 1000.0),
            (1650.0, 310.0),
            (1720.0, -330.0),
            (1450.0, -1000.0),
        ],
    ),
    secondary(
        "Avenue des Capucins|Rue de Bellevue",
        &[
            (660.0, 300.0),
            (1000.0, 640.0),
            (1400.0, 1000.0),
            (1900.0, 1900.0),
            (2600.0, 3200.0),
            (3300.0, 4300.0),
            (4700.0, 4600.0),
        ],
    ),
    secondary(
        "Rue du Plateau|Chemin du Plateau",
        &[
            (-560.0, 380.0),
            (-760.0, 850.0),
            (-760.0, 1450.0),
            (-1050.0, 2500.0),
            (-1450.0, 3900.0),
            (-1150.0, 5200.0),
            (60.0, 5600.0),
        ],
    ),
    secondary(
        "Rue des Lavandières|Rue des Prés|Route de la Vallée|Route de la Vallée",
        &[
            (-4300.0, 1020.0),
            (-4250.0, 500.0),
            (-4120.0, 110.0),
            (-3900.0, -700.0),
            (-3300.0, -1500.0),
            (-2700.0, -2700.0),
            (-2150.0, -3900.0),
        ],
    ),
    secondary(
        "Rue de l'Église|Route de Chavannes|Route de Chavannes",
        &[(-4300.0, 1020.0), (-4500.0, 1700.0), (-4900.0, 3000.0), (-5200.0, 4700.0), (-5600.0, 7300.0)],
    ),
    secondary(
        "Rue du Château|Route du Bois-Royal|Route du Bois-Royal",
        &[(3950.0, 880.0), (3800.0, 1500.0), (4000.0, 2800.0), (4700.0, 4600.0), (5000.0, 7300.0)],
    ),
    secondary(
        "Rue des Vignes|Route de la Chapelle",
        &[(6650.0, -1600.0), (7400.0, -1150.0), (8300.0, -500.0), (9700.0, 100.0)],
    ),
    secondary(
        "Rue des Jardins|Rue du Stade",
        &[(3950.0, 880.0), (3500.0, 300.0), (2900.0, -150.0), (2400.0, 50.0), (1650.0, 310.0)],
    ),
    secondary(
        "Route de Gercy|Route de Gercy",
        &[(1450.0, -1000.0), (1650.0, -1900.0), (1350.0, -3300.0), (1700.0, -4900.0), (1400.0, -7300.0)],
    ),
    secondary(
        "Chemin de la Plaine|Route des Fermes",
        &[
            (-2400.0, -4600.0),
            (-1000.0, -4500.0),
            (200.0, -3900.0),
            (1350.0, -3300.0),
            (3300.0, -3200.0),
            (5100.0, -3800.0),
            (7000.0, -3900.0),
        ],
    ),
    secondary(
        "Rue de la Fontaine|Route de Gercy",
        &[
            (-2400.0, -4600.0),
            (-2900.0, -4350.0),
            (-4200.0, -4000.0),
            (-5900.0, -3500.0),
            (-7000.0, -1700.0),
            (-7300.0, 200.0),
            (-7300.0, 2450.0),
        ],
    ),
    path(
        "Chemin de la Vive",
        &[(-2450.0, 800.0), (-2500.0, 2050.0), (-3000.0, 3000.0), (-2650.0, 4300.0), (-3050.0, 5600.0)],
    ),
    path(
        "Chemin des Étangs",
        &[(-3000.0, 3000.0), (-3200.0, 3500.0), (-3750.0, 4300.0), (-4600.0, 4300.0), (-5050.0, 3700.0)],
    ),
    path("Chemin de la Forêt", &[(1350.0, -3300.0), (2300.0, -4000.0), (3200.0, -4800.0), (3500.0, -6200.0)]),
    path(
        "Chemin de Gercy",
        &[(3300.0, -3200.0), (3100.0, -4200.0), (3200.0, -4800.0), (2500.0, -5600.0), (1550.0, -5900.0)],
    ),
    path("Chemin des Crêtes", &[(-1450.0, 3900.0), (0.0, 3700.0), (1300.0, 3500.0), (2600.0, 3200.0)]),
    path("Chemin du Bois-Royal", &[(4000.0, 2800.0), (5200.0, 3300.0), (6200.0, 4000.0), (6300.0, 2100.0)]),
    path("Sentier de Clairval", &[(60.0, 5600.0), (1600.0, 5900.0), (3000.0, 5700.0), (4850.0, 6100.0)]),
    path("Chemin des Prés-Bas", &[(-6350.0, 2150.0), (-6100.0, 1100.0), (-5500.0, 500.0), (-4250.0, 520.0)]),
    path(
        "Chemin de halage",
        &[
            (1720.0, -400.0),
            (2430.0, -880.0),
            (3230.0, -660.0),
            (4080.0, -1440.0),
            (5120.0, -1440.0),
            (5880.0, -2430.0),
            (6480.0, -2330.0),
        ],
    ),
    path("Chemin des Vignes", &[(5400.0, 1750.0), (6000.0, 900.0), (6800.0, 200.0), (7400.0, -1150.0)]),
    path(
        "Chemin des Taillis",
        &[(-5900.0, -3500.0), (-5900.0, -4700.0), (-4500.0, -5000.0), (-2600.0, -5800.0)],
    ),
    path(
        "Chemin de la Plaine",
        &[(-1000.0, -4500.0), (-700.0, -5600.0), (300.0, -6100.0), (1500.0, -6000.0)],
    ),
    path(
        "Chemin des Grues",
        &[(-3300.0, -1500.0), (-4700.0, -2100.0), (-6300.0, -2400.0), (-7000.0, -1700.0)],
    ),
    path("Passerelle de l'Île", &[(-900.0, -250.0), (-905.0, -455.0), (-900.0, -640.0)]),
];
