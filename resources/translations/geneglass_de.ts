<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
    <context>
        <name>FewTiles</name>
        <message>
            <source>Only 1 tile of tissue: of fewer than %2, what is said of the whole slide is not to be relied on.</source>
            <translation>Nur 1 Kachel mit Gewebe: bei weniger als %2 ist auf Aussagen über den ganzen Schnitt kein Verlass.</translation>
        </message>
        <message>
            <source>Only %1 tiles of tissue: of fewer than %2, what is said of the whole slide is not to be relied on.</source>
            <translation>Nur %1 Kacheln mit Gewebe: bei weniger als %2 ist auf Aussagen über den ganzen Schnitt kein Verlass.</translation>
        </message>
    </context>
    <context>
        <name>AnnotationSeries</name>
        <message>
            <source>Annotation %1 of %2: %3.</source>
            <translation>Annotation %1 von %2: %3.</translation>
        </message>
        <message>
            <source>Annotation %1 of %2: %3 (%4).</source>
            <translation>Annotation %1 von %2: %3 (%4).</translation>
        </message>
    </context>
    <context>
        <name>geneglass::AnnotationSeriesDialog</name>
        <message>
            <source>Save a snapshot of each annotation</source>
            <translation>Einen Schnappschuss jeder Annotation speichern</translation>
        </message>
        <message>
            <source>All annotations</source>
            <translation>Alle Annotationen</translation>
        </message>
        <message>
            <source>Those that are selected</source>
            <translation>Die ausgewählten</translation>
        </message>
        <message>
            <source>Those without a class</source>
            <translation>Die ohne Klasse</translation>
        </message>
        <message>
            <source>Those of class “%1”</source>
            <translation>Die der Klasse „%1“</translation>
        </message>
        <message>
            <source>Annotations</source>
            <translation>Annotationen</translation>
        </message>
        <message>
            <source>Margin around each, of its longer side</source>
            <translation>Rand um jede, von ihrer längeren Seite</translation>
        </message>
        <message>
            <source> %</source>
            <translation> %</translation>
        </message>
        <message>
            <source>Names of the files</source>
            <translation>Namen der Dateien</translation>
        </message>
        <message>
            <source>{slide}, {number}, {name} and {class} are replaced; the ending says the format</source>
            <translation>{slide}, {number}, {name} und {class} werden ersetzt; die Endung sagt das Format</translation>
        </message>
        <message>
            <source>As large, and with what stands on it, as was chosen last under Save Snapshot.</source>
            <translation>So groß und mit dem darauf, wie zuletzt unter „Schnappschuss speichern“ gewählt.</translation>
        </message>
        <message>
            <source>Choose the Folder…</source>
            <translation>Ordner wählen …</translation>
        </message>
        <message>
            <source>&amp;Annotations</source>
            <translation>&amp;Annotationen</translation>
        </message>
        <message>
            <source>&amp;Margin</source>
            <translation>&amp;Rand</translation>
        </message>
        <message>
            <source>&amp;Names</source>
            <translation>&amp;Namen</translation>
        </message>
        <message numerus="yes">
            <source>%n files, %1 first</source>
            <translation>
                <numerusform>%n Datei, zuerst %1</numerusform>
                <numerusform>%n Dateien, zuerst %1</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CallsText</name>
        <message>
            <source>%1.
Calibrated on held-out slides, expected error %2. </source>
            <translation>%1.
Kalibriert an Prüfschnitten, erwarteter Fehler %2. </translation>
        </message>
        <message>
            <source>Accuracy of the likeliest class there: %1.</source>
            <translation>Treffsicherheit der wahrscheinlichsten Klasse dort: %1.</translation>
        </message>
        <message>
            <source>Accuracy there at P = %1: %2.
The region: tiles that the model's classifier of single tiles calls %3.</source>
            <translation>Treffsicherheit dort bei P = %1: %2.
Das Gebiet: Kacheln, die der Klassifikator einzelner Kacheln des Modells %3 nennt.</translation>
        </message>
        <message>
            <source>%1 tiles, each of the class it most resembles: %2. Research use only, not for diagnosis.</source>
            <translation>%1 Kacheln, jede von der Klasse, der sie am meisten gleicht: %2. Nur für die Forschung, nicht für die Diagnostik.</translation>
        </message>
        <message>
            <source>; %1</source>
            <translation>; %1</translation>
        </message>
        <message>
            <source>. Calibrated, expected error %1.</source>
            <translation>. Kalibriert, erwarteter Fehler %1.</translation>
        </message>
        <message>
            <source> Learnt from synthetic slides: it says nothing of real tissue.</source>
            <translation> Aus synthetischen Schnitten gelernt: über echtes Gewebe sagt es nichts.</translation>
        </message>
        <message>
            <source>%1 Research use only, not for diagnosis.</source>
            <translation>%1 Nur für die Forschung, nicht für die Diagnostik.</translation>
        </message>
        <message>
            <source>P(%1) %2</source>
            <translation>P(%1) %2</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1: %2</translation>
        </message>
        <message>
            <source>an imported classifier, not judged here</source>
            <translation>ein importierter Klassifikator, hier nicht beurteilt</translation>
        </message>
        <message>
            <source>held-out AUC %1, %2 synthetic slides of %3 patients</source>
            <translation>AUC an Prüffällen %1, %2 synthetische Schnitte von %3 Patienten</translation>
        </message>
        <message>
            <source>held-out AUC %1, %2 slides of %3 patients</source>
            <translation>AUC an Prüffällen %1, %2 Schnitte von %3 Patienten</translation>
        </message>
        <message>
            <source>no %1 region in %2 tiles</source>
            <translation>kein Gebiet „%1“ in %2 Kacheln</translation>
        </message>
        <message>
            <source>%1 region %2 mm², %3 % of %4 tiles</source>
            <translation>Gebiet „%1“ %2 mm², %3 % von %4 Kacheln</translation>
        </message>
        <message>
            <source>Nearest template, distances %1; p against chance, no FDR of a single slide. %2 of the templates' %3 genes are predicted, %4 of them well. %5. Research use only, not for diagnosis.
%6 tiles, each by its nearest template, without a test:</source>
            <translation>Nächste Vorlage, Abstände %1; p gegen den Zufall, keine FDR eines einzelnen Schnitts. %2 der %3 Gene der Vorlagen werden vorhergesagt, %4 davon gut. %5. Nur für die Forschung, nicht für die Diagnostik.
%6 Kacheln, jede nach ihrer nächsten Vorlage, ohne Test:</translation>
        </message>
        <message>
            <source>%1: %2 (p %3)</source>
            <translation>%1: %2 (p %3)</translation>
        </message>
        <message>
            <source>%1: no call (nearest %2, p %3)</source>
            <translation>%1: keine Zuordnung (am nächsten %2, p %3)</translation>
        </message>
        <message>
            <source>Held-out accuracy: never tested against measured %1</source>
            <translation>Treffsicherheit an Prüffällen: nie an gemessenen %1 geprüft</translation>
        </message>
        <message>
            <source>P(%1)</source>
            <translation>P(%1)</translation>
        </message>
        <message>
            <source>%1: after %2 % of the tiles</source>
            <translation>%1: nach %2 % der Kacheln</translation>
        </message>
    </context>
    <context>
        <name>CaptionOverlay</name>
        <message>
            <source>Research use only.</source>
            <translation>Nur für die Forschung.</translation>
        </message>
        <message>
            <source>Unlike the training tissue. %1</source>
            <translation>Anders als das Trainingsgewebe. %1</translation>
        </message>
        <message>
            <source>Provisional: %1.</source>
            <translation>Vorläufig: %1.</translation>
        </message>
    </context>
    <context>
        <name>Glossary</name>
        <message>
            <source>Prediction</source>
            <translation>Vorhersage</translation>
        </message>
        <message>
            <source>What a model says of a slide from the look of its tissue alone: a value for each gene and, where the model has learnt it, a class. It is an estimate, not a measurement.</source>
            <translation>Was ein Modell allein aus dem Aussehen des Gewebes von einem Schnitt sagt: einen Wert für jedes Gen und, wo das Modell es gelernt hat, eine Klasse. Es ist eine Schätzung, keine Messung.</translation>
        </message>
        <message>
            <source>Tile</source>
            <translation>Kachel</translation>
        </message>
        <message>
            <source>A square of tissue, about 100 to 250 µm wide, that the model reads as one. Every value of a map is that of a tile; nothing finer is known.</source>
            <translation>Ein Quadrat Gewebe, etwa 100 bis 250 µm breit, das das Modell als eines liest. Jeder Wert einer Karte ist der einer Kachel; Feineres ist nicht bekannt.</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>Wert</translation>
        </message>
        <message>
            <source>The predicted expression of the whole slide, in the unit of the measured values that the model learnt from. Values of different genes are not to be compared with each other: the percentile is for that.</source>
            <translation>Die vorhergesagte Expression des ganzen Schnitts, in der Einheit der gemessenen Werte, aus denen das Modell gelernt hat. Werte verschiedener Gene sind nicht miteinander zu vergleichen: dafür ist das Perzentil da.</translation>
        </message>
        <message>
            <source>Percentile</source>
            <translation>Perzentil</translation>
        </message>
        <message>
            <source>The place of this slide's value among the model's predictions for the cases of its training: 90 means that nine in ten of them were predicted lower.</source>
            <translation>Der Platz des Werts dieses Schnitts unter den Vorhersagen des Modells für die Fälle seines Trainings: 90 heißt, dass neun von zehn niedriger vorhergesagt wurden.</translation>
        </message>
        <message>
            <source>Held-out r</source>
            <translation>r an Prüffällen</translation>
        </message>
        <message>
            <source>Pearson's correlation of predicted with measured values over cases the model was not trained on, with its 95 % interval. 1: as measured; 0: no better than chance. It says how far a gene is to be believed on tissue like that of the training; of other tissue it says nothing.</source>
            <translation>Pearsons Korrelation vorhergesagter mit gemessenen Werten über Fälle, an denen das Modell nicht gelernt hat, mit ihrem 95-%-Intervall. 1: wie gemessen; 0: nicht besser als der Zufall. Es sagt, wie weit einem Gen auf Gewebe wie dem des Trainings zu trauen ist; über anderes Gewebe sagt es nichts.</translation>
        </message>
        <message>
            <source>Expected error</source>
            <translation>Erwarteter Fehler</translation>
        </message>
        <message>
            <source>How far a prediction is off in a typical case: √(1 − r²) standard deviations of the measured values, where r is the held-out correlation. The whiskers of the chart of subtypes are as long.</source>
            <translation>Wie weit eine Vorhersage im typischen Fall danebenliegt: √(1 − r²) Standardabweichungen der gemessenen Werte, wobei r die Korrelation an Prüffällen ist. So lang sind die Striche im Diagramm der Subtypen.</translation>
        </message>
        <message>
            <source>Spread of the fold models</source>
            <translation>Streuung der Modelle der Teile</translation>
        </message>
        <message>
            <source>How far the models of the training's folds, each taught with other cases, differ on this slide. Much of it means that the value hangs on which cases were learnt from; little of it does not mean that the value is right.</source>
            <translation>Wie weit die Modelle der Teile des Trainings, jedes aus anderen Fällen gelernt, auf diesem Schnitt auseinanderliegen. Viel heißt, dass der Wert daran hängt, aus welchen Fällen gelernt wurde; wenig heißt nicht, dass der Wert stimmt.</translation>
        </message>
        <message>
            <source>Gene expression</source>
            <translation>Genexpression</translation>
        </message>
        <message>
            <source>The map of the chosen gene: what the model would predict if the slide were all like this tile. Its outlines are the hotspots.</source>
            <translation>Die Karte des gewählten Gens: was das Modell vorhersagen würde, wäre der ganze Schnitt wie diese Kachel. Ihre Umrisse sind die Hotspots.</translation>
        </message>
        <message>
            <source>Attention</source>
            <translation>Aufmerksamkeit</translation>
        </message>
        <message>
            <source>How much weight the model gives to a tile when it adds up the slide's value. “× uniform”: 2 is twice the weight that all tiles would have were they weighed alike. High attention is not high expression.</source>
            <translation>Wie viel Gewicht das Modell einer Kachel gibt, wenn es den Wert des Schnitts zusammenzählt. „× gleichmäßig“: 2 ist das Doppelte des Gewichts, das alle Kacheln hätten, würden sie gleich gewichtet. Hohe Aufmerksamkeit ist nicht hohe Expression.</translation>
        </message>
        <message>
            <source>Contribution</source>
            <translation>Beitrag</translation>
        </message>
        <message>
            <source>Hotspot</source>
            <translation>Hotspot</translation>
        </message>
        <message>
            <source>A connected region of at least four tiles whose contribution is among the slide's highest 5 % and whose attention, where the model weighs tiles, is above uniform. There are hotspots on any slide, also where the gene is low: they say where, not how much.</source>
            <translation>Ein zusammenhängendes Gebiet von mindestens vier Kacheln, deren Beitrag unter den höchsten 5 % des Schnitts ist und deren Aufmerksamkeit, wo das Modell Kacheln gewichtet, über der gleichmäßigen liegt. Hotspots gibt es auf jedem Schnitt, auch wo das Gen niedrig ist: sie sagen, wo, nicht wie viel.</translation>
        </message>
        <message>
            <source>Class</source>
            <translation>Klasse</translation>
        </message>
        <message>
            <source>The group of the model's gene panel that a gene is in, such as a molecular subtype (CMS1 to CMS4) it is typical of.</source>
            <translation>Die Gruppe im Genpanel des Modells, zu der ein Gen gehört, etwa ein molekularer Subtyp (CMS1 bis CMS4), für den es typisch ist.</translation>
        </message>
        <message>
            <source>Predicted genes by subtype</source>
            <translation>Vorhergesagte Gene nach Subtyp</translation>
        </message>
        <message>
            <source>Each dot is a gene: how many standard deviations its predicted value lies above or below the mean of the training. Whisker: the expected error. Hollow: not predictable. A group whose dots lie high together speaks for that subtype; it is no classification.</source>
            <translation>Jeder Punkt ist ein Gen: um wie viele Standardabweichungen sein vorhergesagter Wert über oder unter dem Mittel des Trainings liegt. Strich: der erwartete Fehler. Hohl: nicht vorhersagbar. Eine Gruppe, deren Punkte gemeinsam hoch liegen, spricht für diesen Subtyp; eine Klassifikation ist es nicht.</translation>
        </message>
        <message>
            <source>Histogram</source>
            <translation>Histogramm</translation>
        </message>
        <message>
            <source>How many tiles of the shown map have which value, with the ends of the colours and the threshold below which nothing is coloured.</source>
            <translation>Wie viele Kacheln der gezeigten Karte welchen Wert haben, mit den Enden der Farben und der Schwelle, unter der nichts gefärbt wird.</translation>
        </message>
        <message>
            <source>Probability of a class</source>
            <translation>Wahrscheinlichkeit einer Klasse</translation>
        </message>
        <message>
            <source>What the model says of the slide as a whole, such as P(tumour). Calibrated: on held-out slides, of those with 0.8 about eight in ten were of the class. On tissue unlike the training it is not to be believed.</source>
            <translation>Was das Modell vom Schnitt als Ganzem sagt, etwa P(tumour). Kalibriert: von Prüfschnitten mit 0,8 waren etwa acht von zehn von der Klasse. Auf Gewebe, das dem des Trainings nicht gleicht, ist ihr nicht zu trauen.</translation>
        </message>
        <message>
            <source>Held-out AUC</source>
            <translation>AUC an Prüffällen</translation>
        </message>
        <message>
            <source>How often the model gives the higher probability to the slide of the class when it sees one of it and one that is not, over slides it was not trained on. 1: always; 0.5: as a coin does.</source>
            <translation>Wie oft das Modell dem Schnitt der Klasse die höhere Wahrscheinlichkeit gibt, wenn es einen davon und einen anderen sieht, über Schnitte, an denen es nicht gelernt hat. 1: immer; 0,5: wie eine Münze.</translation>
        </message>
        <message>
            <source>Evidence of the call</source>
            <translation>Evidenz der Einstufung</translation>
        </message>
        <message>
            <source>Where the class that the slide is called shows: the probability of each tile alone. The outline is the region that speaks for it.</source>
            <translation>Wo sich die Klasse zeigt, in die der Schnitt eingestuft ist: die Wahrscheinlichkeit jeder Kachel für sich. Der Umriss ist das Gebiet, das dafür spricht.</translation>
        </message>
        <message>
            <source>Classes of tiles</source>
            <translation>Klassen der Kacheln</translation>
        </message>
        <message>
            <source>Unlike the training tissue</source>
            <translation>Anders als das Trainingsgewebe</translation>
        </message>
        <message>
            <source>How far each tile lies from the tissue that the model learnt from. Red: farther than 99 % of that tissue. Where much is red, predictions are withheld until they are asked for.</source>
            <translation>Wie weit jede Kachel von dem Gewebe entfernt ist, aus dem das Modell gelernt hat. Rot: weiter als 99 % dieses Gewebes. Wo viel rot ist, werden Vorhersagen zurückgehalten, bis man sie verlangt.</translation>
        </message>
        <message>
            <source>Withheld</source>
            <translation>Zurückgehalten</translation>
        </message>
        <message>
            <source>Not shown because the tissue is unlike that of the training. “Show anyway” shows it, with a question mark.</source>
            <translation>Nicht gezeigt, weil das Gewebe dem des Trainings nicht gleicht. „Trotzdem zeigen“ zeigt es mit einem Fragezeichen.</translation>
        </message>
        <message>
            <source>Provisional</source>
            <translation>Vorläufig</translation>
        </message>
        <message>
            <source>Some tiles have not been computed yet: values, ranks and hotspots can change.</source>
            <translation>Einige Kacheln sind noch nicht berechnet: Werte, Ränge und Hotspots können sich ändern.</translation>
        </message>
        <message>
            <source>Tissue</source>
            <translation>Gewebe</translation>
        </message>
        <message>
            <source>The outline of what counts as tissue. Glass, pen marks and tiles with too little tissue are not predicted.</source>
            <translation>Der Umriss dessen, was als Gewebe zählt. Glas, Stiftmarken und Kacheln mit zu wenig Gewebe werden nicht vorhergesagt.</translation>
        </message>
        <message>
            <source>Slide quality</source>
            <translation>Qualität des Schnitts</translation>
        </message>
        <message>
            <source>Measured spots</source>
            <translation>Gemessene Spots</translation>
        </message>
        <message>
            <source>What spatial transcriptomics counted of the chosen gene on this very slide, spot by spot. This is a measurement.</source>
            <translation>Was räumliche Transkriptomik auf eben diesem Schnitt vom gewählten Gen gezählt hat, Spot für Spot. Das ist eine Messung.</translation>
        </message>
        <message>
            <source>Measured minus predicted</source>
            <translation>Gemessen minus vorhergesagt</translation>
        </message>
        <message>
            <source>Where more was measured than predicted, and where less, in standard deviations of each.</source>
            <translation>Wo mehr gemessen als vorhergesagt wurde und wo weniger, je in Standardabweichungen.</translation>
        </message>
        <message>
            <source>r at spots</source>
            <translation>r an Spots</translation>
        </message>
        <message>
            <source>Pearson's correlation of measured with predicted over the spots of this slide, with its 95 % interval.</source>
            <translation>Pearsons Korrelation von Gemessenem mit Vorhergesagtem über die Spots dieses Schnitts, mit ihrem 95-%-Intervall.</translation>
        </message>
        <message>
            <source>Scale bar</source>
            <translation>Maßstab</translation>
        </message>
        <message>
            <source>A length on the slide, from the pixel size that its file says or that you entered.</source>
            <translation>Eine Länge auf dem Schnitt, nach der Pixelgröße, die seine Datei nennt oder die Sie eingegeben haben.</translation>
        </message>
        <message>
            <source>Driver genes</source>
            <translation>Treibergene</translation>
        </message>
        <message>
            <source>Genes whose mutations are known to drive a tumour, such as KRAS or TP53. What is predicted is how much they are expressed, not whether they are mutated.</source>
            <translation>Gene, deren Mutationen bekanntermaßen einen Tumor treiben, wie KRAS oder TP53. Vorhergesagt wird, wie stark sie exprimiert sind, nicht, ob sie mutiert sind.</translation>
        </message>
        <message>
            <source>Pen marks and tiles out of focus, hatched: predictions leave them out.</source>
            <translation>Schraffiert: Stiftmarken und unscharfe Kacheln. Vorhersagen lassen sie aus.</translation>
        </message>
        <message>
            <source>Attention times how far the tile's expression lies above or below the mean of the training: how much the tile raises or lowers the slide's value. Hotspots are where it is highest.</source>
            <translation>Aufmerksamkeit mal dem, wie weit die Expression der Kachel über oder unter dem Mittel des Trainings liegt: wie sehr die Kachel den Wert des Schnitts hebt oder senkt. Hotspots sind da, wo er am höchsten ist.</translation>
        </message>
        <message>
            <source>The class that each tile resembles most, by an imported classifier of single tiles, which is not judged here, or by nearest template, which was never tested on single tiles.</source>
            <translation>Die Klasse, der jede Kachel am meisten gleicht, nach einem eingelesenen Klassifikator einzelner Kacheln, der hier nicht beurteilt ist, oder nach der nächsten Vorlage, was an einzelnen Kacheln nie geprüft wurde.</translation>
        </message>
        <message>
            <source>Nearest template</source>
            <translation>Nächste Vorlage</translation>
        </message>
        <message>
            <source>Which class of a file of marker genes (columns class and symbol) the predicted genes look most like; each gene is measured in deviations from the model's predictions in training. Distance 0: the class's genes high, all others low. p: that as many values drawn at random from this slide's genes lie as near; above 0.05 there is no call. Nobody has tested such calls from predicted genes against measured subtypes.</source>
            <translation>Welcher Klasse einer Datei von Markergenen (Spalten class und symbol) die vorhergesagten Gene am meisten gleichen; jedes Gen wird in Abweichungen von den Vorhersagen des Modells im Training gemessen. Abstand 0: die Gene der Klasse hoch, alle anderen niedrig. p: dass ebenso viele zufällig gezogene Werte der Gene dieses Schnitts so nahe liegen; über 0,05 gibt es keine Zuordnung. Niemand hat solche Zuordnungen aus vorhergesagten Genen an gemessenen Subtypen geprüft.</translation>
        </message>
        <message>
            <source>Genes together</source>
            <translation>Gene zusammen</translation>
        </message>
        <message>
            <source>Up to five genes, each in a colour of its own, or the mean of a gene set: per tile the mean over its well predicted genes of how many standard deviations of the training's measured values each lies above or below the training's mean. A mix or a mean has no held-out r of its own.</source>
            <translation>Bis zu fünf Gene, jedes in einer eigenen Farbe, oder das Mittel eines Gensatzes: je Kachel das Mittel über seine gut vorhergesagten Gene, um wie viele Standardabweichungen der Messwerte im Training jedes über oder unter dem Mittel des Trainings liegt. Eine Mischung oder ein Mittel hat kein eigenes r an Prüffällen.</translation>
        </message>
        <message>
            <source>Standing among the training</source>
            <translation>Stellung im Training</translation>
        </message>
        <message>
            <source>Where this slide's value lies among the model's predictions for the cases of its training, each predicted by a model that had not seen it. The bar: the expected error.</source>
            <translation>Wo der Wert dieses Schnitts unter den Vorhersagen des Modells für die Fälle seines Trainings liegt, jeder vorhergesagt von einem Modell, das ihn nicht gesehen hatte. Der Balken: der erwartete Fehler.</translation>
        </message>
        <message>
            <source>Two genes over the tiles</source>
            <translation>Zwei Gene über die Kacheln</translation>
        </message>
        <message>
            <source>A point a tile. The r is of two predictions from the same picture, which may agree where the genes do not.</source>
            <translation>Ein Punkt je Kachel. Das r ist das zweier Vorhersagen aus demselben Bild, die übereinstimmen können, wo die Gene es nicht tun.</translation>
        </message>
        <message>
            <source>Moran's I</source>
            <translation>Morans I</translation>
        </message>
        <message>
            <source>How much neighbouring tiles are alike in a map: 1 alike, 0 as by chance, below it unlike. p: how many of 999 random orders of squares of 5 x 5 tiles are as alike. Smooth predictions are alike by their making: it tells of the map, not of the gene.</source>
            <translation>Wie sehr benachbarte Kacheln einer Karte sich gleichen: 1 gleich, 0 wie durch Zufall, darunter ungleich. p: wie viele von 999 zufälligen Ordnungen von Quadraten aus 5 x 5 Kacheln sich ebenso gleichen. Glatte Vorhersagen gleichen sich von Haus aus: es spricht von der Karte, nicht vom Gen.</translation>
        </message>
        <message>
            <source>Dice of hotspots</source>
            <translation>Dice der Hotspots</translation>
        </message>
        <message>
            <source>How much the hotspots of two genes cover the same tiles: twice the tiles of both, over the tiles of the one and the tiles of the other. 1: the same; 0: none in common.</source>
            <translation>Wie sehr die Hotspots zweier Gene dieselben Kacheln bedecken: die gemeinsamen Kacheln doppelt, geteilt durch die des einen und die des anderen zusammen. 1: dieselben; 0: keine gemeinsam.</translation>
        </message>
        <message>
            <source>Lens and swipe</source>
            <translation>Lupe und Wischen</translation>
        </message>
        <message>
            <source>A circle about the cursor, or what is right of a line, in which the slide is shown otherwise: without maps, or with another gene.</source>
            <translation>Ein Kreis um den Mauszeiger, oder was rechts einer Linie liegt, worin der Schnitt anders gezeigt wird: ohne Karten oder mit einem anderen Gen.</translation>
        </message>
        <message>
            <source>Predicted, partly predicted</source>
            <translation>Vorhergesagt, teils vorhergesagt</translation>
        </message>
        <message>
            <source>In the list of slides: the model's features of all tiles are kept, so that the slide is predicted at once; or of some, from which the next prediction goes on.</source>
            <translation>In der Liste der Schnitte: die Merkmale des Modells von allen Kacheln sind aufgehoben, so dass der Schnitt sofort vorhergesagt ist; oder von einigen, von denen die nächste Vorhersage weitergeht.</translation>
        </message>
    </context>
    <context>
        <name>Keys</name>
        <message>
            <source>Arrows</source>
            <translation>Pfeiltasten</translation>
        </message>
        <message>
            <source>Move the view an eighth</source>
            <translation>Die Ansicht um ein Achtel verschieben</translation>
        </message>
        <message>
            <source>Shift+arrows</source>
            <translation>Umschalt+Pfeiltasten</translation>
        </message>
        <message>
            <source>Move the view by half</source>
            <translation>Die Ansicht um die Hälfte verschieben</translation>
        </message>
        <message>
            <source>+ and -</source>
            <translation>+ und -</translation>
        </message>
        <message>
            <source>Magnify twice, or half</source>
            <translation>Doppelt oder halb vergrößern</translation>
        </message>
        <message>
            <source>1 to 6</source>
            <translation>1 bis 6</translation>
        </message>
        <message>
            <source>1.25× to 40×</source>
            <translation>1,25× bis 40×</translation>
        </message>
        <message>
            <source>F</source>
            <translation>F</translation>
        </message>
        <message>
            <source>The whole slide</source>
            <translation>Der ganze Schnitt</translation>
        </message>
        <message>
            <source>R</source>
            <translation>R</translation>
        </message>
        <message>
            <source>Turn by 90°</source>
            <translation>Um 90° drehen</translation>
        </message>
        <message>
            <source>Shift+R</source>
            <translation>Umschalt+R</translation>
        </message>
        <message>
            <source>Turn by 15°</source>
            <translation>Um 15° drehen</translation>
        </message>
        <message>
            <source>Shift+F</source>
            <translation>Umschalt+F</translation>
        </message>
        <message>
            <source>Exchange left and right</source>
            <translation>Links und rechts vertauschen</translation>
        </message>
        <message>
            <source>Wheel</source>
            <translation>Rad</translation>
        </message>
        <message>
            <source>Magnify about the cursor</source>
            <translation>Um den Mauszeiger vergrößern</translation>
        </message>
        <message>
            <source>Drag</source>
            <translation>Ziehen</translation>
        </message>
        <message>
            <source>Move the view</source>
            <translation>Die Ansicht verschieben</translation>
        </message>
        <message>
            <source>Double click</source>
            <translation>Doppelklick</translation>
        </message>
        <message>
            <source>Magnify there</source>
            <translation>Dort vergrößern</translation>
        </message>
        <message>
            <source>Double click on a slider</source>
            <translation>Doppelklick auf einen Regler</translation>
        </message>
        <message>
            <source>Reset it</source>
            <translation>Ihn zurücksetzen</translation>
        </message>
        <message>
            <source>Ctrl+click on a map</source>
            <translation>Strg+Klick auf eine Karte</translation>
        </message>
        <message>
            <source>Show it over the other maps</source>
            <translation>Sie über den anderen Karten zeigen</translation>
        </message>
    </context>
    <context>
        <name>Legend</name>
        <message>
            <source>and %1 more</source>
            <translation>und %1 weitere</translation>
        </message>
        <message>
            <source>no values</source>
            <translation>keine Werte</translation>
        </message>
        <message>
            <source>%1 to %2 percentile</source>
            <translation>%1 bis %2 Perzentil</translation>
        </message>
        <message>
            <source>below %1 not shown</source>
            <translation>unter %1 nicht gezeigt</translation>
        </message>
        <message>
            <source>Genes together, colours added</source>
            <translation>Gene zusammen, Farben addiert</translation>
        </message>
        <message>
            <source>Genes together, the highest on its scale</source>
            <translation>Gene zusammen, das auf seiner Skala höchste</translation>
        </message>
        <message>
            <source>Two genes against each other</source>
            <translation>Zwei Gene gegeneinander</translation>
        </message>
        <message>
            <source>%1: %2 to %3 %4</source>
            <translation>%1: %2 bis %3 %4</translation>
        </message>
        <message>
            <source>each 2nd to 98th percentile</source>
            <translation>jedes vom 2. bis 98. Perzentil</translation>
        </message>
        <message>
            <source>hatched: not computed yet</source>
            <translation>schraffiert: noch nicht berechnet</translation>
        </message>
        <message>
            <source>dotted: not predicted</source>
            <translation>gepunktet: nicht vorhergesagt</translation>
        </message>
    </context>
    <context>
        <name>Measurement</name>
        <message>
            <source>Area</source>
            <translation>Fläche</translation>
        </message>
        <message>
            <source>Perimeter</source>
            <translation>Umfang</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>Länge</translation>
        </message>
        <message>
            <source>Angle</source>
            <translation>Winkel</translation>
        </message>
        <message>
            <source>Count</source>
            <translation>Anzahl</translation>
        </message>
        <message>
            <source>Width</source>
            <translation>Breite</translation>
        </message>
        <message>
            <source>Height</source>
            <translation>Höhe</translation>
        </message>
    </context>
    <context>
        <name>OrientationMark</name>
        <message>
            <source>as scanned</source>
            <translation>wie gescannt</translation>
        </message>
        <message>
            <source>mirrored</source>
            <translation>gespiegelt</translation>
        </message>
        <message>
            <source>turned %1° clockwise, then mirrored</source>
            <translation>um %1° im Uhrzeigersinn gedreht, dann gespiegelt</translation>
        </message>
        <message>
            <source>turned %1° anticlockwise, then mirrored</source>
            <translation>um %1° gegen den Uhrzeigersinn gedreht, dann gespiegelt</translation>
        </message>
        <message>
            <source>turned %1° clockwise</source>
            <translation>um %1° im Uhrzeigersinn gedreht</translation>
        </message>
        <message>
            <source>turned %1° anticlockwise</source>
            <translation>um %1° gegen den Uhrzeigersinn gedreht</translation>
        </message>
    </context>
    <context>
        <name>PreferencesText</name>
        <message>
            <source>Cannot work with %1 MiB of memory: %2 MiB are the least.</source>
            <translation>Mit %1 MiB Speicher geht es nicht: %2 MiB sind das Wenigste.</translation>
        </message>
        <message>
            <source>Cannot take %1 MiB of memory: this machine has %2 MiB.</source>
            <translation>%1 MiB Speicher sind zu viel: dieser Rechner hat %2 MiB.</translation>
        </message>
        <message>
            <source>Cannot use %1 threads: this machine has %2 processors, and more than %3 threads would wait for each other.</source>
            <translation>%1 Threads gehen nicht: dieser Rechner hat %2 Prozessoren, und mehr als %3 Threads würden aufeinander warten.</translation>
        </message>
        <message>
            <source>The name of the gene is too long.</source>
            <translation>Der Name des Gens ist zu lang.</translation>
        </message>
        <message>
            <source>“%1” is not the name of one gene.</source>
            <translation>„%1“ ist nicht der Name eines Gens.</translation>
        </message>
    </context>
    <context>
        <name>PretrainPlan</name>
        <message>
            <source>%1 sources</source>
            <translation>%1 Quellen</translation>
        </message>
        <message>
            <source>slide</source>
            <translation>Schnitt</translation>
        </message>
        <message>
            <source>slides</source>
            <translation>Schnitte</translation>
        </message>
        <message>
            <source>picture</source>
            <translation>Bild</translation>
        </message>
        <message>
            <source>pictures</source>
            <translation>Bilder</translation>
        </message>
        <message>
            <source>%1 and %2</source>
            <translation>%1 und %2</translation>
        </message>
        <message>
            <source>Encoder by %1 on %2</source>
            <translation>Encoder mit %1 auf %2</translation>
        </message>
        <message>
            <source>%1 to learn from, %2. The encoder: %3 features of a tile of %4 px at %5 µm/px.</source>
            <translation>%1 zum Lernen, %2. Der Encoder: %3 Merkmale einer Kachel von %4 px bei %5 µm/px.</translation>
        </message>
        <message>
            <source>epoch</source>
            <translation>Durchgang</translation>
        </message>
        <message>
            <source>epochs</source>
            <translation>Durchgänge</translation>
        </message>
        <message>
            <source> Without a GPU this takes days.</source>
            <translation> Ohne Grafikkarte dauert das Tage.</translation>
        </message>
        <message>
            <source> An earlier run of this name was stopped: it goes on from there.</source>
            <translation> Ein früherer Lauf dieses Namens wurde angehalten: dort geht es weiter.</translation>
        </message>
    </context>
    <context>
        <name>Progress</name>
        <message>
            <source>finding tissue</source>
            <translation>Gewebe wird gesucht</translation>
        </message>
        <message>
            <source>cutting the picture into tiles</source>
            <translation>Bild wird in Kacheln zerlegt</translation>
        </message>
        <message>
            <source>reading the encoder&apos;s weights</source>
            <translation>Gewichte des Encoders werden gelesen</translation>
        </message>
        <message>
            <source>encoding tiles</source>
            <translation>Kacheln werden kodiert</translation>
        </message>
        <message>
            <source>predicting genes</source>
            <translation>Gene werden vorhergesagt</translation>
        </message>
        <message>
            <source>reading tiles</source>
            <translation>Kacheln werden gelesen</translation>
        </message>
        <message>
            <source>waiting for the other slide</source>
            <translation>wartet auf den anderen Schnitt</translation>
        </message>
        <message>
            <source>tiles of slides</source>
            <translation>Kacheln der Schnitte</translation>
        </message>
        <message>
            <source>features of slides</source>
            <translation>Merkmale der Schnitte</translation>
        </message>
        <message>
            <source>features of spots</source>
            <translation>Merkmale der Spots</translation>
        </message>
        <message>
            <source>slides looked at</source>
            <translation>durchgesehene Schnitte</translation>
        </message>
        <message>
            <source>filling the bank of negatives</source>
            <translation>die Bank der Gegenbeispiele wird gefüllt</translation>
        </message>
        <message>
            <source>training the encoder, step</source>
            <translation>der Encoder wird trainiert, Schritt</translation>
        </message>
        <message>
            <source>linear heads, fold</source>
            <translation>lineare Köpfe, Teil</translation>
        </message>
        <message>
            <source>evaluating case</source>
            <translation>Fall wird beurteilt</translation>
        </message>
    </context>
    <context>
        <name>QObject</name>
        <message>
            <source>%1 (%2 % opaque)</source>
            <translation>%1 (%2 % deckend)</translation>
        </message>
        <message>
            <source>Rectangle</source>
            <translation>Rechteck</translation>
        </message>
        <message>
            <source>Area</source>
            <translation>Fläche</translation>
        </message>
        <message>
            <source>Ellipse</source>
            <translation>Ellipse</translation>
        </message>
        <message>
            <source>Angle</source>
            <translation>Winkel</translation>
        </message>
        <message>
            <source>Ruler</source>
            <translation>Lineal</translation>
        </message>
        <message>
            <source>Line</source>
            <translation>Linie</translation>
        </message>
        <message>
            <source>Point</source>
            <translation>Punkt</translation>
        </message>
        <message>
            <source>Counter</source>
            <translation>Zähler</translation>
        </message>
        <message>
            <source>Delete Corner</source>
            <translation>Ecke löschen</translation>
        </message>
        <message>
            <source>Move Corner</source>
            <translation>Ecke verschieben</translation>
        </message>
        <message>
            <source>Move</source>
            <translation>Verschieben</translation>
        </message>
        <message>
            <source>Add Corner</source>
            <translation>Ecke hinzufügen</translation>
        </message>
        <message>
            <source>%1 was not measured: “%2” does not count it.</source>
            <translation>%1 wurde nicht gemessen: „%2“ zählt es nicht.</translation>
        </message>
        <message>
            <source>r is not defined</source>
            <translation>r ist nicht definiert</translation>
        </message>
        <message>
            <source>r %1</source>
            <translation>r %1</translation>
        </message>
        <message>
            <source>r %1, 95 % interval %2 to %3</source>
            <translation>r %1, 95-%-Intervall %2 bis %3</translation>
        </message>
        <message>
            <source>Measured at %1 spots of this slide (%2), %3: %4. Over all %5 genes: mean %6.</source>
            <translation>Gemessen an %1 Spots dieses Schnitts (%2), %3: %4. Über alle %5 Gene: Mittel %6.</translation>
        </message>
        <message>
            <source>Path of the slide</source>
            <translation>Pfad des Schnitts</translation>
        </message>
        <message>
            <source>File name</source>
            <translation>Dateiname</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Path of the case file</source>
            <translation>Pfad der Falldatei</translation>
        </message>
        <message>
            <source>Case file</source>
            <translation>Falldatei</translation>
        </message>
        <message>
            <source>Case id</source>
            <translation>Fallnummer</translation>
        </message>
        <message>
            <source>[left out]</source>
            <translation>[weggelassen]</translation>
        </message>
        <message>
            <source>Anonymised: file names, paths, the case id, the label and what the slide's file says of the patient are left out.</source>
            <translation>Anonymisiert: Dateinamen, Pfade, die Fallnummer, das Etikett und was die Datei des Schnitts vom Patienten sagt, sind weggelassen.</translation>
        </message>
        <message>
            <source>none</source>
            <translation>keine</translation>
        </message>
        <message>
            <source>%1, together %2 mm²</source>
            <translation>%1, zusammen %2 mm²</translation>
        </message>
        <message>
            <source>not well predicted</source>
            <translation>nicht gut vorhergesagt</translation>
        </message>
        <message>
            <source>withheld</source>
            <translation>zurückgehalten</translation>
        </message>
        <message>
            <source>Other genes</source>
            <translation>Andere Gene</translation>
        </message>
        <message>
            <source>Hotspots of %1</source>
            <translation>Hotspots von %1</translation>
        </message>
        <message>
            <source>Connected regions of at least 4 tiles whose contribution is among the slide's highest 5 % and whose attention, where the model weighs tiles, is above uniform.</source>
            <translation>Zusammenhängende Gebiete von mindestens 4 Kacheln, deren Beitrag unter den höchsten 5 % des Schnitts ist und deren Aufmerksamkeit, wo das Modell Kacheln gewichtet, über der gleichmäßigen liegt.</translation>
        </message>
        <message>
            <source>Withheld on this slide.</source>
            <translation>Auf diesem Schnitt zurückgehalten.</translation>
        </message>
        <message>
            <source>Rank</source>
            <translation>Rang</translation>
        </message>
        <message>
            <source>Area (mm²)</source>
            <translation>Fläche (mm²)</translation>
        </message>
        <message>
            <source>Tiles</source>
            <translation>Kacheln</translation>
        </message>
        <message>
            <source>Mean expression estimate</source>
            <translation>Mittlere Schätzung der Expression</translation>
        </message>
        <message>
            <source>None on this slide.</source>
            <translation>Keine auf diesem Schnitt.</translation>
        </message>
        <message>
            <source>Predicted: %1. Percentile: of the value among the model's predictions for its training cases. Held-out r: correlation with measured expression in cases the model was not trained on. Grey: not well predicted, to be disregarded. Bar: from the middle of the training cases' predictions to this one, half of them within the darker part; none where the gene is not well predicted.</source>
            <translation>Vorhergesagt: %1. Perzentil: des Werts unter den Vorhersagen des Modells für seine Trainingsfälle. r an Prüffällen: Korrelation mit gemessener Expression in Fällen, an denen das Modell nicht gelernt hat. Grau: nicht gut vorhergesagt, nicht zu beachten. Balken: von der Mitte der Vorhersagen für die Trainingsfälle bis zu dieser, die Hälfte von ihnen im dunkleren Teil; keiner, wo das Gen nicht gut vorhergesagt ist.</translation>
        </message>
        <message>
            <source>The genes shown in this report and the %1 that the model predicts best; %2 more are left out.</source>
            <translation>Die Gene, die dieser Bericht zeigt, und die %1, die das Modell am besten vorhersagt; %2 weitere sind weggelassen.</translation>
        </message>
        <message>
            <source>Gene</source>
            <translation>Gen</translation>
        </message>
        <message>
            <source>Predicted</source>
            <translation>Vorhergesagt</translation>
        </message>
        <message>
            <source>Percentile</source>
            <translation>Perzentil</translation>
        </message>
        <message>
            <source>Held-out r [95 % interval]</source>
            <translation>r an Prüffällen [95-%-Intervall]</translation>
        </message>
        <message>
            <source>0 to 100</source>
            <translation>0 bis 100</translation>
        </message>
        <message>
            <source>Hotspots</source>
            <translation>Hotspots</translation>
        </message>
        <message>
            <source>%1 % opaque</source>
            <translation>%1 % deckend</translation>
        </message>
        <message>
            <source>%1: yes</source>
            <translation>%1: ja</translation>
        </message>
        <message>
            <source>%1: no</source>
            <translation>%1: nein</translation>
        </message>
        <message>
            <source>centre %1, %2 (level-0 pixels), %3</source>
            <translation>Mitte %1, %2 (Pixel der Stufe 0), %3</translation>
        </message>
        <message>
            <source>Program</source>
            <translation>Programm</translation>
        </message>
        <message>
            <source>Features</source>
            <translation>Merkmale</translation>
        </message>
        <message>
            <source>computed in %1</source>
            <translation>berechnet in %1</translation>
        </message>
        <message>
            <source>%1 µm apart</source>
            <translation>im Abstand von %1 µm</translation>
        </message>
        <message>
            <source>View</source>
            <translation>Ansicht</translation>
        </message>
        <message>
            <source>Overlays</source>
            <translation>Ebenen</translation>
        </message>
        <message>
            <source>Case</source>
            <translation>Fall</translation>
        </message>
        <message>
            <source>To open it again</source>
            <translation>So wird er wieder geöffnet</translation>
        </message>
        <message>
            <source>open this file in Geneglass, which asks for the slide and checks its hash</source>
            <translation>diese Datei in Geneglass öffnen, das nach dem Schnitt fragt und seine Prüfsumme vergleicht</translation>
        </message>
        <message>
            <source>open this file in Geneglass: slide, case, view and overlays come back</source>
            <translation>diese Datei in Geneglass öffnen: Schnitt, Fall, Ansicht und Ebenen kommen zurück</translation>
        </message>
        <message>
            <source>%1 px²</source>
            <translation>%1 px²</translation>
        </message>
        <message>
            <source>%1 µm²</source>
            <translation>%1 µm²</translation>
        </message>
        <message>
            <source>%1 mm²</source>
            <translation>%1 mm²</translation>
        </message>
        <message>
            <source>%1 px</source>
            <translation>%1 px</translation>
        </message>
        <message>
            <source>%1 µm</source>
            <translation>%1 µm</translation>
        </message>
        <message>
            <source>%1 mm</source>
            <translation>%1 mm</translation>
        </message>
        <message>
            <source>without a class</source>
            <translation>ohne Klasse</translation>
        </message>
        <message>
            <source>Class</source>
            <translation>Klasse</translation>
        </message>
        <message>
            <source>Annotations</source>
            <translation>Annotationen</translation>
        </message>
        <message>
            <source>Length of lines</source>
            <translation>Länge der Linien</translation>
        </message>
        <message>
            <source>Counted</source>
            <translation>Gezählt</translation>
        </message>
        <message>
            <source>Name and notes</source>
            <translation>Name und Notizen</translation>
        </message>
        <message>
            <source>Measured</source>
            <translation>Gemessen</translation>
        </message>
        <message>
            <source>The first %1 are listed; %2 more are in the totals alone.</source>
            <translation>Die ersten %1 sind aufgeführt; %2 weitere stecken nur in den Summen.</translation>
        </message>
        <message>
            <source>%1 % of %2 tiles</source>
            <translation>%1 % von %2 Kacheln</translation>
        </message>
        <message>
            <source>Judged on</source>
            <translation>Beurteilt an</translation>
        </message>
        <message>
            <source>%1, calibrated; %2</source>
            <translation>%1, kalibriert; %2</translation>
        </message>
        <message>
            <source>Call: %1 or %2</source>
            <translation>Einstufung: %1 oder %2</translation>
        </message>
        <message>
            <source>P(%1)</source>
            <translation>P(%1)</translation>
        </message>
        <message>
            <source>Region</source>
            <translation>Gebiet</translation>
        </message>
        <message>
            <source>held-out AUC %1 [%2, %3]</source>
            <translation>AUC an Prüffällen %1 [%2, %3]</translation>
        </message>
        <message>
            <source>What it is</source>
            <translation>Was es ist</translation>
        </message>
        <message>
            <source>Content hash</source>
            <translation>Prüfsumme des Inhalts</translation>
        </message>
        <message>
            <source>Genes</source>
            <translation>Gene</translation>
        </message>
        <message>
            <source>%1, of which %2 are well predicted</source>
            <translation>%1, davon %2 gut vorhergesagt</translation>
        </message>
        <message>
            <source>%1 of %2 µm a side; %3 could not be read</source>
            <translation>%1 von %2 µm Seitenlänge; %3 konnten nicht gelesen werden</translation>
        </message>
        <message>
            <source>Training tissue</source>
            <translation>Trainingsgewebe</translation>
        </message>
        <message>
            <source>what it looked like is not known: whether this slide is like it, neither</source>
            <translation>wie es aussah, ist nicht bekannt: ob dieser Schnitt ihm gleicht, auch nicht</translation>
        </message>
        <message>
            <source>Recipe</source>
            <translation>Rezept</translation>
        </message>
        <message>
            <source>Encoder</source>
            <translation>Encoder</translation>
        </message>
        <message>
            <source>%1, tiles of %2 pixels of %3 µm, %4 features each</source>
            <translation>%1, Kacheln von %2 Pixeln zu %3 µm, je %4 Merkmale</translation>
        </message>
        <message>
            <source>Tissue</source>
            <translation>Gewebe</translation>
        </message>
        <message>
            <source>a tile counts where %1 % of it or more is tissue</source>
            <translation>eine Kachel zählt, wenn mindestens %1 % davon Gewebe sind</translation>
        </message>
        <message>
            <source>Labels</source>
            <translation>Zielwerte</translation>
        </message>
        <message>
            <source>Training</source>
            <translation>Training</translation>
        </message>
        <message>
            <source>Call of %1</source>
            <translation>Einstufung von %1</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>Lizenz</translation>
        </message>
        <message>
            <source>%1 as another model predicted it than the one of this report: how far that is to be believed is not known here.</source>
            <translation>%1, wie es ein anderes Modell als das dieses Berichts vorhersagte: wie weit dem zu trauen ist, ist hier nicht bekannt.</translation>
        </message>
        <message>
            <source>Picture %1</source>
            <translation>Bild %1</translation>
        </message>
        <message>
            <source>Picture %1: %2</source>
            <translation>Bild %1: %2</translation>
        </message>
        <message>
            <source>The numbers are those of the pictures below.</source>
            <translation>Die Nummern sind die der Bilder weiter unten.</translation>
        </message>
        <message>
            <source>Evidence map</source>
            <translation>Karte der Evidenz</translation>
        </message>
        <message>
            <source>The case holds no picture of it.</source>
            <translation>Der Fall enthält kein Bild davon.</translation>
        </message>
        <message>
            <source>of another model</source>
            <translation>eines anderen Modells</translation>
        </message>
        <message>
            <source>A</source>
            <translation>A</translation>
        </message>
        <message>
            <source>B</source>
            <translation>B</translation>
        </message>
        <message>
            <source>A − B [95 %]</source>
            <translation>A − B [95 %]</translation>
        </message>
        <message>
            <source>Effect</source>
            <translation>Effekt</translation>
        </message>
        <message>
            <source>q</source>
            <translation>q</translation>
        </message>
        <message>
            <source>In hotspots</source>
            <translation>In Hotspots</translation>
        </message>
        <message>
            <source>Slide</source>
            <translation>Schnitt</translation>
        </message>
        <message>
            <source>without A</source>
            <translation>ohne A</translation>
        </message>
        <message>
            <source>Held-out r [95 %]</source>
            <translation>r an Prüffällen [95 %]</translation>
        </message>
        <message>
            <source>A: %1
B: %2</source>
            <translation>A: %1
B: %2</translation>
        </message>
        <message>
            <source>Means of tiles in %1. Effect: the difference over the spread of the tiles.</source>
            <translation>Mittel der Kacheln in %1. Effekt: der Unterschied, geteilt durch die Streuung der Kacheln.</translation>
        </message>
        <message>
            <source>The %1 genes that differ most, of %2.</source>
            <translation>Die %1 Gene, die sich am meisten unterscheiden, von %2.</translation>
        </message>
        <message>
            <source>Slide report</source>
            <translation>Bericht zum Schnitt</translation>
        </message>
        <message>
            <source>Predicted class of the slide</source>
            <translation>Vorhergesagte Klasse des Schnitts</translation>
        </message>
        <message>
            <source>Predicted gene expression</source>
            <translation>Vorhergesagte Genexpression</translation>
        </message>
        <message>
            <source>Case %1</source>
            <translation>Fall %1</translation>
        </message>
        <message>
            <source>Page %1 of %2</source>
            <translation>Seite %1 von %2</translation>
        </message>
        <message>
            <source>%1 x %2 pixels</source>
            <translation>%1 x %2 Pixel</translation>
        </message>
        <message>
            <source>%1 (%2 x %3 mm)</source>
            <translation>%1 (%2 x %3 mm)</translation>
        </message>
        <message>
            <source>from the scanner</source>
            <translation>vom Scanner</translation>
        </message>
        <message>
            <source>from the file's resolution tags</source>
            <translation>aus den Auflösungsangaben der Datei</translation>
        </message>
        <message>
            <source>entered by hand</source>
            <translation>von Hand eingegeben</translation>
        </message>
        <message>
            <source>of unknown origin</source>
            <translation>unbekannter Herkunft</translation>
        </message>
        <message>
            <source>unknown: lengths and areas are in pixels</source>
            <translation>unbekannt: Längen und Flächen sind in Pixeln</translation>
        </message>
        <message>
            <source>%1 x %2 µm, %3</source>
            <translation>%1 x %2 µm, %3</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message>
            <source>Pixel size</source>
            <translation>Pixelgröße</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>Bilder</translation>
        </message>
        <message>
            <source>Damage</source>
            <translation>Schaden</translation>
        </message>
        <message>
            <source>There is no prediction of this slide: this report is of what was seen, drawn and measured.</source>
            <translation>Zu diesem Schnitt gibt es keine Vorhersage: dieser Bericht handelt von dem, was gesehen, gezeichnet und gemessen wurde.</translation>
        </message>
        <message>
            <source>Label and patient</source>
            <translation>Etikett und Patient</translation>
        </message>
        <message>
            <source>The label as the scanner saw it.</source>
            <translation>Das Etikett, wie es der Scanner sah.</translation>
        </message>
        <message>
            <source>The slide's file has no label and says nothing of a patient.</source>
            <translation>Die Datei des Schnitts hat kein Etikett und sagt nichts vom Patienten.</translation>
        </message>
        <message>
            <source>Overlays: %1.</source>
            <translation>Ebenen: %1.</translation>
        </message>
        <message>
            <source>standard stain vectors</source>
            <translation>Standard-Farbvektoren</translation>
        </message>
        <message>
            <source>stain vectors of this slide</source>
            <translation>Farbvektoren dieses Schnitts</translation>
        </message>
        <message>
            <source>haematoxylin only (%1)</source>
            <translation>nur Hämatoxylin (%1)</translation>
        </message>
        <message>
            <source>eosin only (%1)</source>
            <translation>nur Eosin (%1)</translation>
        </message>
        <message>
            <source>brightness %1</source>
            <translation>Helligkeit %1</translation>
        </message>
        <message>
            <source>contrast %1</source>
            <translation>Kontrast %1</translation>
        </message>
        <message>
            <source>gamma %1</source>
            <translation>Gamma %1</translation>
        </message>
        <message>
            <source>slide profile → sRGB</source>
            <translation>Profil des Schnitts → sRGB</translation>
        </message>
        <message>
            <source>Colours: %1.</source>
            <translation>Farben: %1.</translation>
        </message>
        <message>
            <source>held-out r %1, 95 % interval %2 to %3</source>
            <translation>r an Prüffällen %1, 95-%-Intervall %2 bis %3</translation>
        </message>
        <message>
            <source>%1 cannot be predicted by this model (%2).</source>
            <translation>%1 kann dieses Modell nicht vorhersagen (%2).</translation>
        </message>
        <message>
            <source>%1: not yet predicted for the whole slide; %2.</source>
            <translation>%1: noch nicht für den ganzen Schnitt vorhergesagt; %2.</translation>
        </message>
        <message>
            <source>percentile withheld</source>
            <translation>Perzentil zurückgehalten</translation>
        </message>
        <message>
            <source>percentile %1 of the training predictions</source>
            <translation>Perzentil %1 der Vorhersagen des Trainings</translation>
        </message>
        <message>
            <source>%1: predicted %2 %3, %4; %5.</source>
            <translation>%1: vorhergesagt %2 %3, %4; %5.</translation>
        </message>
        <message>
            <source>%1 of %2 tiles computed</source>
            <translation>%1 von %2 Kacheln berechnet</translation>
        </message>
        <message>
            <source>pixel size unknown, %1 slide pixels per pixel</source>
            <translation>Pixelgröße unbekannt, %1 Schnittpixel je Pixel</translation>
        </message>
        <message>
            <source>%1x, %2 µm per pixel</source>
            <translation>%1x, %2 µm je Pixel</translation>
        </message>
        <message>
            <source>For research use only. Not for diagnosis.</source>
            <translation>Nur für die Forschung. Nicht für die Diagnostik.</translation>
        </message>
        <message>
            <source>Taken %1</source>
            <translation>Aufgenommen %1</translation>
        </message>
        <message>
            <source>Gene: %1</source>
            <translation>Gen: %1</translation>
        </message>
        <message>
            <source>%1, hotspot %2 of %3 mm²</source>
            <translation>%1, Hotspot %2 von %3 mm²</translation>
        </message>
        <message>
            <source>out of focus, left out of predictions</source>
            <translation>unscharf, bei Vorhersagen ausgelassen</translation>
        </message>
        <message>
            <source>pen mark, left out of predictions</source>
            <translation>Stiftmarke, bei Vorhersagen ausgelassen</translation>
        </message>
        <message>
            <source>%1  %2 %</source>
            <translation>%1  %2 %</translation>
        </message>
        <message>
            <source>tissue</source>
            <translation>Gewebe</translation>
        </message>
        <message>
            <source>no tissue</source>
            <translation>kein Gewebe</translation>
        </message>
        <message>
            <source>%1, in the %2 region of %3 mm²</source>
            <translation>%1, im Gebiet „%2“ von %3 mm²</translation>
        </message>
        <message>
            <source>%1, held-out r %2</source>
            <translation>%1, r an Prüffällen %2</translation>
        </message>
        <message>
            <source>%1, held-out r %2, synthetic</source>
            <translation>%1, r an synth. Prüffällen %2</translation>
        </message>
        <message>
            <source>%1: not computed yet</source>
            <translation>%1: noch nicht berechnet</translation>
        </message>
        <message>
            <source>not predicted: too little of a tile here is tissue</source>
            <translation>nicht vorhergesagt: zu wenig einer Kachel ist hier Gewebe</translation>
        </message>
        <message>
            <source>This model counts every tile alike: it has no attention to show.</source>
            <translation>Dieses Modell zählt jede Kachel gleich: es hat keine Aufmerksamkeit zu zeigen.</translation>
        </message>
        <message>
            <source>There is no prediction for this slide yet.</source>
            <translation>Für diesen Schnitt gibt es noch keine Vorhersage.</translation>
        </message>
        <message>
            <source>%1 cannot be predicted by this model (held-out r %2, 95 % interval %3 to %4): it has no map.</source>
            <translation>%1 kann dieses Modell nicht vorhersagen (r an Prüffällen %2, 95-%-Intervall %3 bis %4): es gibt keine Karte.</translation>
        </message>
        <message>
            <source>This model predicts no genes.</source>
            <translation>Dieses Modell sagt keine Gene vorher.</translation>
        </message>
        <message>
            <source>Choose a gene to see where it is expressed.</source>
            <translation>Wählen Sie ein Gen, um zu sehen, wo es exprimiert ist.</translation>
        </message>
        <message>
            <source>It is withheld: this tissue is unlike what the model learnt from.</source>
            <translation>Es ist zurückgehalten: dieses Gewebe gleicht dem nicht, aus dem das Modell gelernt hat.</translation>
        </message>
        <message>
            <source>by nearest template, never tested</source>
            <translation>nach nächster Vorlage, nie geprüft</translation>
        </message>
        <message>
            <source>not judged here</source>
            <translation>hier nicht beurteilt</translation>
        </message>
        <message>
            <source>%1 of tiles</source>
            <translation>%1 der Kacheln</translation>
        </message>
    </context>
    <context>
        <name>Report</name>
        <message>
            <source>Findings</source>
            <translation>Befunde</translation>
        </message>
        <message>
            <source>Slide</source>
            <translation>Schnitt</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Calls</source>
            <translation>Einstufungen</translation>
        </message>
        <message>
            <source>Overview</source>
            <translation>Übersicht</translation>
        </message>
        <message>
            <source>Gene map</source>
            <translation>Genkarte</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>Bilder</translation>
        </message>
        <message>
            <source>Regions</source>
            <translation>Gebiete</translation>
        </message>
        <message>
            <source>Measurements</source>
            <translation>Messungen</translation>
        </message>
        <message>
            <source>Genes by subtype</source>
            <translation>Gene nach Subtyp</translation>
        </message>
        <message>
            <source>Model card</source>
            <translation>Steckbrief des Modells</translation>
        </message>
        <message>
            <source>How this report was made</source>
            <translation>Wie dieser Bericht entstand</translation>
        </message>
    </context>
    <context>
        <name>SnapshotTray</name>
        <message>
            <source>Take Snapshot</source>
            <translation>Schnappschuss aufnehmen</translation>
        </message>
    </context>
    <context>
        <name>ToolChoice</name>
        <message>
            <source>Select</source>
            <translation>Auswählen</translation>
        </message>
        <message>
            <source>Click selects, drag moves or edits a corner; elsewhere it pans. Double click on an edge: a new corner. Delete: away with it.</source>
            <translation>Ein Klick wählt aus, Ziehen verschiebt oder ändert eine Ecke; anderswo verschiebt es die Ansicht. Doppelklick auf eine Kante: eine neue Ecke. Entf: weg damit.</translation>
        </message>
        <message>
            <source>Rectangle</source>
            <translation>Rechteck</translation>
        </message>
        <message>
            <source>Drag from corner to corner; Shift makes it a square.</source>
            <translation>Von Ecke zu Ecke ziehen; Umschalt macht ein Quadrat.</translation>
        </message>
        <message>
            <source>Ellipse</source>
            <translation>Ellipse</translation>
        </message>
        <message>
            <source>Drag across its box; Shift makes it a circle.</source>
            <translation>Über den Rahmen ziehen; Umschalt macht einen Kreis.</translation>
        </message>
        <message>
            <source>Polygon</source>
            <translation>Polygon</translation>
        </message>
        <message>
            <source>Click corner by corner; a double click or Enter closes it, Backspace takes one back, Esc all.</source>
            <translation>Ecke für Ecke klicken; ein Doppelklick oder Eingabe schließt, Rückschritt nimmt eine zurück, Esc alle.</translation>
        </message>
        <message>
            <source>Freehand</source>
            <translation>Freihand</translation>
        </message>
        <message>
            <source>Draw around it with the button held.</source>
            <translation>Mit gedrückter Taste umfahren.</translation>
        </message>
        <message>
            <source>Wand</source>
            <translation>Zauberstab</translation>
        </message>
        <message>
            <source>Press on a colour: what is connected and alike; drag right for more, left for less. Begun inside a selected area it adds to it.</source>
            <translation>Auf eine Farbe drücken: was zusammenhängt und ähnlich ist; nach rechts ziehen für mehr, nach links für weniger. In einer ausgewählten Fläche begonnen, wächst diese.</translation>
        </message>
        <message>
            <source>Brush</source>
            <translation>Pinsel</translation>
        </message>
        <message>
            <source>Paint; begun inside a selected area it adds to it. [ and ] change its size.</source>
            <translation>Malen; in einer ausgewählten Fläche begonnen, wächst diese. [ und ] ändern die Größe.</translation>
        </message>
        <message>
            <source>Eraser</source>
            <translation>Radierer</translation>
        </message>
        <message>
            <source>Takes away from the selected areas, or from those under it where none is selected. [ and ] change its size.</source>
            <translation>Nimmt von den ausgewählten Flächen weg, oder von denen darunter, wenn keine ausgewählt ist. [ und ] ändern die Größe.</translation>
        </message>
        <message>
            <source>Point</source>
            <translation>Punkt</translation>
        </message>
        <message>
            <source>A click marks a place.</source>
            <translation>Ein Klick markiert eine Stelle.</translation>
        </message>
        <message>
            <source>Counter</source>
            <translation>Zähler</translation>
        </message>
        <message>
            <source>Each click counts one more of the class.</source>
            <translation>Jeder Klick zählt eines mehr von der Klasse.</translation>
        </message>
        <message>
            <source>Ruler</source>
            <translation>Lineal</translation>
        </message>
        <message>
            <source>Drag from end to end, or click both ends.</source>
            <translation>Von Ende zu Ende ziehen oder beide Enden klicken.</translation>
        </message>
        <message>
            <source>Angle</source>
            <translation>Winkel</translation>
        </message>
        <message>
            <source>Click the end of one arm, the vertex, the end of the other.</source>
            <translation>Das Ende eines Schenkels, den Scheitel, das Ende des anderen klicken.</translation>
        </message>
    </context>
    <context>
        <name>TrainingPlan</name>
        <message>
            <source>case</source>
            <translation>Fall</translation>
        </message>
        <message>
            <source>cases</source>
            <translation>Fälle</translation>
        </message>
        <message>
            <source>slide</source>
            <translation>Schnitt</translation>
        </message>
        <message>
            <source>slides</source>
            <translation>Schnitte</translation>
        </message>
        <message>
            <source>%1 with %2 to train on, %3</source>
            <translation>%1 mit %2 zum Trainieren, %3</translation>
        </message>
        <message>
            <source>gene</source>
            <translation>Gen</translation>
        </message>
        <message>
            <source>genes</source>
            <translation>Gene</translation>
        </message>
        <message>
            <source>%1 with %2 to train on, of %3 classes of %4</source>
            <translation>%1 mit %2 zum Trainieren, von %3 Klassen aus %4</translation>
        </message>
        <message>
            <source>%1 with %2 to train on, %3 of them %4</source>
            <translation>%1 mit %2 zum Trainieren, %3 davon %4</translation>
        </message>
        <message>
            <source>Diagnosis by %1 on %2, %3</source>
            <translation>Diagnose mit %1 auf %2, %3</translation>
        </message>
        <message>
            <source>%1 on %2, %3</source>
            <translation>%1 auf %2, %3</translation>
        </message>
        <message>
            <source>%1 folds</source>
            <translation>%1 Teile</translation>
        </message>
        <message>
            <source>folds of %1</source>
            <translation>Teile aus %1</translation>
        </message>
        <message>
            <source>; %1 kept for tests</source>
            <translation>; %1 für Tests zurückgelegt</translation>
        </message>
        <message>
            <source>case is</source>
            <translation>Fall ist</translation>
        </message>
        <message>
            <source>cases are</source>
            <translation>Fälle sind</translation>
        </message>
        <message>
            <source>; %1 folds</source>
            <translation>; %1 Teile</translation>
        </message>
        <message>
            <source>. Tiles of %1 px at %2 µm/px by %3.</source>
            <translation>. Kacheln von %1 px bei %2 µm/px mit %3.</translation>
        </message>
        <message>
            <source> An earlier run of this name was stopped: it goes on from there.</source>
            <translation> Ein früherer Lauf dieses Namens wurde angehalten: dort geht es weiter.</translation>
        </message>
    </context>
    <context>
        <name>geneglass</name>
        <message>
            <source>%1: %2.</source>
            <translation>%1: %2.</translation>
        </message>
        <message>
            <source>slides not recorded</source>
            <translation>Schnitte nicht vermerkt</translation>
        </message>
        <message>
            <source>1 synthetic slide</source>
            <translation>1 synthetischer Schnitt</translation>
        </message>
        <message>
            <source>%1 synthetic slides</source>
            <translation>%1 synthetische Schnitte</translation>
        </message>
        <message>
            <source>1 slide</source>
            <translation>1 Schnitt</translation>
        </message>
        <message>
            <source>%1 slides</source>
            <translation>%1 Schnitte</translation>
        </message>
        <message>
            <source>median r %1</source>
            <translation>Median von r %1</translation>
        </message>
        <message>
            <source>it does not say of what tissue</source>
            <translation>es sagt nicht, von welchem Gewebe</translation>
        </message>
        <message>
            <source> Learnt from %1.</source>
            <translation> Gelernt an: %1.</translation>
        </message>
        <message>
            <source> %1 of %2 genes are well predicted; median r on held-out cases %3.</source>
            <translation> %1 von %2 Genen sind gut vorhergesagt; Median von r an Prüffällen %3.</translation>
        </message>
        <message>
            <source> It says nothing of real tissue.</source>
            <translation> Über echtes Gewebe sagt es nichts.</translation>
        </message>
        <message>
            <source> It holds a program (TorchScript): that is read before it runs, and runs apart, without files and network.</source>
            <translation> Es enthält ein Programm (TorchScript): Das wird gelesen, bevor es läuft, und läuft für sich, ohne Dateien und Netz.</translation>
        </message>
        <message>
            <source>“%1” is no place: write x and y, such as 12000, 8000 px or 3000, 2000 µm.</source>
            <translation>„%1“ ist keine Stelle: Schreiben Sie x und y, etwa 12000, 8000 px oder 3000, 2000 µm.</translation>
        </message>
        <message>
            <source>A place in micrometres cannot be found on “%1”: it does not say how large its pixels are.</source>
            <translation>Eine Stelle in Mikrometern ist auf „%1“ nicht zu finden, da es nicht sagt, wie groß seine Pixel sind.</translation>
        </message>
        <message>
            <source>The place %1 lies outside the slide, which is %2 × %3 pixels.</source>
            <translation>Die Stelle %1 liegt außerhalb des Schnitts, der %2 × %3 Pixel groß ist.</translation>
        </message>
        <message>
            <source>“%1” is no magnification: write 20, 20× or 1 : 4.</source>
            <translation>„%1“ ist keine Vergrößerung: Schreiben Sie 20, 20× oder 1 : 4.</translation>
        </message>
        <message>
            <source>The magnification of “%1” is unknown, as it does not say how large its pixels are: write 1 : 4 for four of them a screen pixel.</source>
            <translation>Die Vergrößerung von „%1“ ist unbekannt, da es nicht sagt, wie groß seine Pixel sind: Schreiben Sie 1 : 4 für vier davon je Bildschirmpixel.</translation>
        </message>
        <message>
            <source>There is nothing to link yet: Slide &gt; Open Beside shows a second slide.</source>
            <translation>Es gibt noch nichts zu verbinden: Schnitt &gt; Daneben öffnen zeigt einen zweiten Schnitt.</translation>
        </message>
        <message>
            <source>Its run is under way, or was killed.</source>
            <translation>Sein Lauf ist im Gange oder wurde beendet.</translation>
        </message>
        <message>
            <source>Its run was stopped.</source>
            <translation>Sein Lauf wurde angehalten.</translation>
        </message>
        <message>
            <source>Its result is not in this folder.</source>
            <translation>Sein Ergebnis liegt nicht in diesem Ordner.</translation>
        </message>
        <message>
            <source>&amp;Cohort…</source>
            <translation>&amp;Kohorte…</translation>
        </message>
        <message>
            <source>The results of a run over many slides, a row a slide</source>
            <translation>Die Ergebnisse eines Laufs über viele Schnitte, je Schnitt eine Zeile</translation>
        </message>
        <message>
            <source>%1 of %2 genes are well predicted, median held-out r %3</source>
            <translation>%1 von %2 Genen sind gut vorhergesagt, mittleres r an Prüffällen %3</translation>
        </message>
        <message>
            <source>sorts tiles by %1, %2</source>
            <translation>ordnet Kacheln nach %1, %2</translation>
        </message>
        <message>
            <source>tells %1 slides, %2, expected error of its probability %3</source>
            <translation>unterscheidet Schnitte: %1, %2, erwarteter Fehler der Wahrscheinlichkeit %3</translation>
        </message>
        <message>
            <source> from </source>
            <translation> von </translation>
        </message>
        <message>
            <source>an encoder of %1 features a tile</source>
            <translation>ein Encoder mit %1 Merkmalen je Kachel</translation>
        </message>
        <message>
            <source>Finished: %1. %2 is %3.</source>
            <translation>Fertig: %1. %2 ist %3.</translation>
        </message>
        <message>
            <source>It</source>
            <translation>Er</translation>
        </message>
        <message>
            <source>The model</source>
            <translation>Das Modell</translation>
        </message>
        <message>
            <source>unknown</source>
            <translation>unbekannt</translation>
        </message>
        <message>
            <source>%1, downsample %2, tiles %3</source>
            <translation>%1, Verkleinerung %2, Kacheln %3</translation>
        </message>
        <message>
            <source>none</source>
            <translation>keine</translation>
        </message>
        <message>
            <source>%1, %2, shown from %3 to %4</source>
            <translation>%1, %2, gezeigt von %3 bis %4</translation>
        </message>
        <message>
            <source>, exposed %1 ms</source>
            <translation>, %1 ms belichtet</translation>
        </message>
        <message>
            <source>Tiles out of focus</source>
            <translation>Unscharfe Kacheln</translation>
        </message>
        <message>
            <source>%1, left out of predictions</source>
            <translation>%1, bei Vorhersagen ausgelassen</translation>
        </message>
        <message>
            <source>none found</source>
            <translation>keine gefunden</translation>
        </message>
        <message>
            <source>%1 mm², left out of predictions</source>
            <translation>%1 mm², bei Vorhersagen ausgelassen</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>Format</source>
            <translation>Format</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message>
            <source> pixels</source>
            <translation> Pixel</translation>
        </message>
        <message>
            <source>Pixel size</source>
            <translation>Pixelgröße</translation>
        </message>
        <message>
            <source>Objective</source>
            <translation>Objektiv</translation>
        </message>
        <message>
            <source>Levels</source>
            <translation>Stufen</translation>
        </message>
        <message>
            <source>Other images</source>
            <translation>Andere Bilder</translation>
        </message>
        <message>
            <source>Content hash</source>
            <translation>Prüfsumme des Inhalts</translation>
        </message>
        <message>
            <source>Channels</source>
            <translation>Kanäle</translation>
        </message>
        <message>
            <source>Shown as</source>
            <translation>Gezeigt als</translation>
        </message>
        <message>
            <source>Pen marks</source>
            <translation>Stiftmarken</translation>
        </message>
        <message>
            <source>Facts of %1</source>
            <translation>Angaben zu %1</translation>
        </message>
        <message>
            <source>&amp;File</source>
            <translation>&amp;Datei</translation>
        </message>
        <message>
            <source>&amp;Open…</source>
            <translation>&amp;Öffnen …</translation>
        </message>
        <message>
            <source>Open &amp;Recent</source>
            <translation>&amp;Zuletzt geöffnet</translation>
        </message>
        <message>
            <source>Save &amp;Snapshot…</source>
            <translation>&amp;Schnappschuss speichern …</translation>
        </message>
        <message>
            <source>Save a Snapshot of &amp;Each Gene…</source>
            <translation>Schnappschuss &amp;jedes Gens speichern …</translation>
        </message>
        <message>
            <source>Save a Snapshot of Each &amp;Annotation…</source>
            <translation>Schnappschuss jeder A&amp;nnotation speichern …</translation>
        </message>
        <message>
            <source>Save &amp;Report…</source>
            <translation>&amp;Bericht speichern …</translation>
        </message>
        <message>
            <source>&amp;Print Report…</source>
            <translation>Bericht &amp;drucken …</translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation>B&amp;eenden</translation>
        </message>
        <message>
            <source>&amp;Edit</source>
            <translation>&amp;Bearbeiten</translation>
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation>&amp;Rückgängig</translation>
        </message>
        <message>
            <source>&amp;Redo</source>
            <translation>&amp;Wiederholen</translation>
        </message>
        <message>
            <source>&amp;Copy Picture</source>
            <translation>Bild &amp;kopieren</translation>
        </message>
        <message>
            <source>&amp;Preferences…</source>
            <translation>&amp;Einstellungen …</translation>
        </message>
        <message>
            <source>&amp;Case</source>
            <translation>&amp;Fall</translation>
        </message>
        <message>
            <source>&amp;Take Snapshot</source>
            <translation>&amp;Schnappschuss aufnehmen</translation>
        </message>
        <message>
            <source>Add &amp;Bookmark…</source>
            <translation>&amp;Lesezeichen hinzufügen …</translation>
        </message>
        <message>
            <source>Book&amp;marks</source>
            <translation>L&amp;esezeichen</translation>
        </message>
        <message>
            <source>Save Case &amp;As…</source>
            <translation>Fall speichern &amp;unter …</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>&amp;Ansicht</translation>
        </message>
        <message>
            <source>&amp;Fit the Slide	F</source>
            <translation>Schnitt &amp;einpassen	F</translation>
        </message>
        <message>
            <source>&amp;Magnification</source>
            <translation>&amp;Vergrößerung</translation>
        </message>
        <message>
            <source>&amp;Rotate by 90°	R</source>
            <translation>Um 90° &amp;drehen	R</translation>
        </message>
        <message>
            <source>&amp;Overview Map</source>
            <translation>&amp;Übersichtskarte</translation>
        </message>
        <message>
            <source>&amp;Colour Profile</source>
            <translation>&amp;Farbprofil</translation>
        </message>
        <message>
            <source>&amp;As Scanned</source>
            <translation>&amp;Wie gescannt</translation>
        </message>
        <message>
            <source>&amp;Haematoxylin Only</source>
            <translation>Nur &amp;Hämatoxylin</translation>
        </message>
        <message>
            <source>&amp;Eosin Only</source>
            <translation>Nur E&amp;osin</translation>
        </message>
        <message>
            <source>Reset the Pi&amp;cture</source>
            <translation>Bild &amp;zurücksetzen</translation>
        </message>
        <message>
            <source>&amp;Slide</source>
            <translation>&amp;Schnitt</translation>
        </message>
        <message>
            <source>Open &amp;Beside…</source>
            <translation>&amp;Daneben öffnen …</translation>
        </message>
        <message>
            <source>&amp;Facts…</source>
            <translation>&amp;Angaben …</translation>
        </message>
        <message>
            <source>Pixel &amp;Size…</source>
            <translation>Pi&amp;xelgröße …</translation>
        </message>
        <message>
            <source>&amp;Label and Other Images</source>
            <translation>&amp;Etikett und andere Bilder</translation>
        </message>
        <message>
            <source>&amp;Measured Spots…</source>
            <translation>&amp;Gemessene Spots …</translation>
        </message>
        <message>
            <source>&amp;Predict Again</source>
            <translation>Erneut &amp;vorhersagen</translation>
        </message>
        <message>
            <source>&amp;Cancel the Prediction</source>
            <translation>Vorhersage a&amp;bbrechen</translation>
        </message>
        <message>
            <source>S&amp;harpen Here</source>
            <translation>&amp;Hier schärfer</translation>
        </message>
        <message>
            <source>The map of what is in view, of tiles a quarter of a tile apart; the rest stays as it is</source>
            <translation>Die Karte dessen, was zu sehen ist, aus Kacheln im Abstand einer Viertelkachel; der Rest bleibt, wie er ist</translation>
        </message>
        <message>
            <source>Fi&amp;ner Maps</source>
            <translation>&amp;Feinere Karten</translation>
        </message>
        <message>
            <source>Tiles half a tile apart: four times as many, and four times the time</source>
            <translation>Kacheln im Abstand einer halben Kachel: viermal so viele, und viermal so lange</translation>
        </message>
        <message>
            <source>Feature C&amp;ache…</source>
            <translation>Me&amp;rkmalspeicher …</translation>
        </message>
        <message>
            <source>&amp;Annotations</source>
            <translation>A&amp;nnotationen</translation>
        </message>
        <message>
            <source>&amp;Models</source>
            <translation>&amp;Modelle</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>&amp;Hilfe</translation>
        </message>
        <message>
            <source>&amp;About Geneglass</source>
            <translation>&amp;Über Geneglass</translation>
        </message>
        <message>
            <source>r not defined</source>
            <translation>r nicht definiert</translation>
        </message>
        <message>
            <source>r %1</source>
            <translation>r %1</translation>
        </message>
        <message>
            <source>r %1 [%2, %3]</source>
            <translation>r %1 [%2, %3]</translation>
        </message>
        <message>
            <source>Three places on each slide are needed to link sections.</source>
            <translation>Um Schnitte zu verbinden, braucht es drei Stellen auf jedem.</translation>
        </message>
        <message>
            <source>The places lie on a line, which does not tell how the sections lie to each other: choose three that are far apart in all directions.</source>
            <translation>Die Stellen liegen auf einer Linie; das sagt nicht, wie die Schnitte zueinander liegen: drei wählen, die in alle Richtungen weit auseinanderliegen.</translation>
        </message>
        <message>
            <source>The places on one slide do not fit those on the other, mirrored or not: click the same three places in the same order on each slide.</source>
            <translation>Die Stellen auf dem einen Schnitt passen nicht auf die auf dem anderen, auch nicht gespiegelt: dieselben drei Stellen auf jedem Schnitt in derselben Reihenfolge anklicken.</translation>
        </message>
        <message>
            <source>typed by the user</source>
            <translation>vom Benutzer eingegeben</translation>
        </message>
        <message>
            <source>C&amp;lose This Slide</source>
            <translation>Diesen Schnitt s&amp;chließen</translation>
        </message>
        <message>
            <source>&amp;Hide All Maps	M</source>
            <translation>Alle Karten ausb&amp;lenden	M</translation>
        </message>
        <message>
            <source>Tap M to hide or show them; hold it to peek</source>
            <translation>M tippen blendet sie aus oder ein; halten lässt kurz darunter sehen</translation>
        </message>
        <message>
            <source>Gene &amp;Before This One</source>
            <translation>Gen &amp;vor diesem</translation>
        </message>
        <message>
            <source>&amp;Next Hotspot</source>
            <translation>&amp;Nächster Hotspot</translation>
        </message>
        <message>
            <source>Hotspot Before</source>
            <translation>Voriger Hotspot</translation>
        </message>
        <message>
            <source>Subtype by &amp;Templates…</source>
            <translation>Subt&amp;yp nach Vorlagen …</translation>
        </message>
        <message>
            <source>Which class of a file of marker genes the predicted genes are nearest to</source>
            <translation>Welcher Klasse einer Datei von Markergenen die vorhergesagten Gene am nächsten sind</translation>
        </message>
        <message>
            <source>No measured spots are open: Slide &gt; Measured Spots… opens them.</source>
            <translation>Keine gemessenen Spots sind offen: Schnitt &gt; Gemessene Spots … öffnet sie.</translation>
        </message>
        <message>
            <source>Choose a gene to see where it was measured.</source>
            <translation>Wählen Sie ein Gen, um zu sehen, wo es gemessen wurde.</translation>
        </message>
        <message>
            <source>%1 was not measured: '%2' does not count it.</source>
            <translation>%1 wurde nicht gemessen: „%2“ zählt es nicht.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::CohortDialog</name>
        <message>
            <source>No results are shown yet: choose the folder that “geneglass-cli predict” wrote to.</source>
            <translation>Noch werden keine Ergebnisse gezeigt: Wählen Sie den Ordner, in den „geneglass-cli predict“ geschrieben hat.</translation>
        </message>
        <message>
            <source>Cohort</source>
            <translation>Kohorte</translation>
        </message>
        <message>
            <source>Results…</source>
            <translation>Ergebnisse…</translation>
        </message>
        <message>
            <source>Choose a folder of results</source>
            <translation>Einen Ordner mit Ergebnissen wählen</translation>
        </message>
        <message>
            <source>Gene</source>
            <translation>Gen</translation>
        </message>
        <message>
            <source>Slides of the cohort</source>
            <translation>Schnitte der Kohorte</translation>
        </message>
        <message>
            <source>&amp;Gene</source>
            <translation>&amp;Gen</translation>
        </message>
        <message>
            <source>A folder of results</source>
            <translation>Ein Ordner mit Ergebnissen</translation>
        </message>
        <message>
            <source>Reading the results in %1…</source>
            <translation>Die Ergebnisse in %1 werden gelesen…</translation>
        </message>
        <message>
            <source>%1 slides with results in %2</source>
            <translation>%1 Schnitte mit Ergebnissen in %2</translation>
        </message>
        <message>
            <source>; of %1 there is none</source>
            <translation>; von %1 gibt es keines</translation>
        </message>
        <message>
            <source>Predicted by the model “%1”.</source>
            <translation>Vorhergesagt vom Modell „%1“.</translation>
        </message>
        <message>
            <source>Predicted by the model “%1”, in %2.</source>
            <translation>Vorhergesagt vom Modell „%1“, in %2.</translation>
        </message>
        <message>
            <source>Another one is chosen in the window: a slide that is opened from here is predicted by that.</source>
            <translation>Im Fenster ist ein anderes gewählt: Ein Schnitt, der von hier geöffnet wird, wird von jenem vorhergesagt.</translation>
        </message>
        <message>
            <source>The model does not predict “%1”.</source>
            <translation>Das Modell sagt „%1“ nicht vorher.</translation>
        </message>
        <message>
            <source>Held-out r %1 (95 % interval %2 to %3).</source>
            <translation>r an Prüffällen %1 (95-%-Intervall %2 bis %3).</translation>
        </message>
        <message>
            <source>The model cannot predict this gene: its values say nothing.</source>
            <translation>Das Modell kann dieses Gen nicht vorhersagen: Seine Werte sagen nichts.</translation>
        </message>
        <message>
            <source>Bars from %1 to %2, over %3 slides.</source>
            <translation>Balken von %1 bis %2, über %3 Schnitte.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::CohortTable</name>
        <message>
            <source>%1 of its tissue unlike the training's: not compared</source>
            <translation>%1 des Gewebes unähnlich dem des Trainings: nicht verglichen</translation>
        </message>
        <message>
            <source>unlike the training tissue: not compared</source>
            <translation>unähnlich dem Gewebe des Trainings: nicht verglichen</translation>
        </message>
        <message>
            <source>%1 tiles damaged</source>
            <translation>%1 Kacheln beschädigt</translation>
        </message>
        <message>
            <source>computed in int8</source>
            <translation>in int8 berechnet</translation>
        </message>
        <message>
            <source>Slide</source>
            <translation>Schnitt</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>Wert</translation>
        </message>
        <message>
            <source>Percentile</source>
            <translation>Perzentil</translation>
        </message>
        <message>
            <source>Remark</source>
            <translation>Bemerkung</translation>
        </message>
    </context>
    <context>
        <name>GenePair</name>
        <message>
            <source>%1: Moran's I is not defined.</source>
            <translation>%1: Morans I ist nicht definiert.</translation>
        </message>
        <message>
            <source>%1: Moran's I %2, of too little tissue for a p.</source>
            <translation>%1: Morans I %2, zu wenig Gewebe für ein p.</translation>
        </message>
        <message>
            <source>%1: Moran's I %2, p %3 (999 orders of squares of 5 x 5 tiles).</source>
            <translation>%1: Morans I %2, p %3 (999 Anordnungen von Quadraten aus 5 x 5 Kacheln).</translation>
        </message>
        <message>
            <source>Over the tiles r %1: of two predictions, not of the genes.</source>
            <translation>Über die Kacheln r %1: zweier Vorhersagen, nicht der Gene.</translation>
        </message>
        <message>
            <source>Neither has hotspots.</source>
            <translation>Keines hat Hotspots.</translation>
        </message>
        <message>
            <source>Dice of their hotspots %1.</source>
            <translation>Dice ihrer Hotspots %1.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::AnnotatingToolBar</name>
        <message>
            <source>Annotating</source>
            <translation>Annotieren</translation>
        </message>
        <message>
            <source>%1 (%2): %3</source>
            <translation>%1 (%2): %3</translation>
        </message>
    </context>
    <context>
        <name>geneglass::AnnotationExchange</name>
        <message>
            <source>Annotations are drawn on a slide: open it first, then “%1”.</source>
            <translation>Annotationen werden auf einem Schnitt gezeichnet: erst ihn öffnen, dann „%1“.</translation>
        </message>
        <message>
            <source>Cannot read “%1”: %2.</source>
            <translation>„%1“ lässt sich nicht lesen: %2.</translation>
        </message>
        <message>
            <source>Import %1</source>
            <translation>%1 importieren</translation>
        </message>
        <message numerus="yes">
            <source>%n annotation(s) of “%1” (%2) came in.</source>
            <translation>
                <numerusform>%n Annotation aus „%1“ (%2) kam herein.</numerusform>
                <numerusform>%n Annotationen aus „%1“ (%2) kamen herein.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n annotation(s) were written to “%1”.</source>
            <translation>
                <numerusform>%n Annotation wurde in „%1“ geschrieben.</numerusform>
                <numerusform>%n Annotationen wurden in „%1“ geschrieben.</numerusform>
            </translation>
        </message>
        <message>
            <source>Cannot write “%1”: %2.</source>
            <translation>„%1“ lässt sich nicht schreiben: %2.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::AnnotationLayer</name>
        <message>
            <source>Draw %1</source>
            <translation>%1 zeichnen</translation>
        </message>
        <message>
            <source>Count</source>
            <translation>Anzahl</translation>
        </message>
        <message>
            <source>Paint</source>
            <translation>Malen</translation>
        </message>
        <message>
            <source>Erase</source>
            <translation>Radieren</translation>
        </message>
    </context>
    <context>
        <name>geneglass::AnnotationPanel</name>
        <message>
            <source>&amp;Locked</source>
            <translation>&amp;Gesperrt</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>Umbenennen</translation>
        </message>
        <message>
            <source>Lock</source>
            <translation>Sperren</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>Entsperren</translation>
        </message>
        <message>
            <source>Class of what is drawn, and of what is selected</source>
            <translation>Klasse dessen, was gezeichnet wird und was ausgewählt ist</translation>
        </message>
        <message>
            <source>Classes</source>
            <translation>Klassen</translation>
        </message>
        <message>
            <source>&amp;Add a Class…</source>
            <translation>Klasse &amp;hinzufügen …</translation>
        </message>
        <message>
            <source>&amp;Rename This Class…</source>
            <translation>Diese Klasse &amp;umbenennen …</translation>
        </message>
        <message>
            <source>Change Its &amp;Colour…</source>
            <translation>Ihre &amp;Farbe ändern …</translation>
        </message>
        <message>
            <source>Filter by class, name or notes</source>
            <translation>Nach Klasse, Name oder Notizen filtern</translation>
        </message>
        <message>
            <source>Annotations</source>
            <translation>Annotationen</translation>
        </message>
        <message>
            <source>A double click goes there</source>
            <translation>Ein Doppelklick geht dorthin</translation>
        </message>
        <message>
            <source>Name of what is selected</source>
            <translation>Name des Ausgewählten</translation>
        </message>
        <message>
            <source>Notes to what is selected</source>
            <translation>Notizen zum Ausgewählten</translation>
        </message>
        <message>
            <source>&amp;Name</source>
            <translation>&amp;Name</translation>
        </message>
        <message>
            <source>N&amp;otes</source>
            <translation>N&amp;otizen</translation>
        </message>
        <message>
            <source>no class</source>
            <translation>keine Klasse</translation>
        </message>
        <message numerus="yes">
            <source>%n annotation(s)</source>
            <translation>
                <numerusform>%n Annotation</numerusform>
                <numerusform>%n Annotationen</numerusform>
            </translation>
        </message>
        <message>
            <source>, %1 selected</source>
            <translation>, %1 ausgewählt</translation>
        </message>
        <message>
            <source>Add a Class</source>
            <translation>Klasse hinzufügen</translation>
        </message>
        <message>
            <source>Its name:</source>
            <translation>Ihr Name:</translation>
        </message>
        <message>
            <source>Its Colour</source>
            <translation>Ihre Farbe</translation>
        </message>
        <message>
            <source>Add Class</source>
            <translation>Klasse hinzufügen</translation>
        </message>
        <message>
            <source>Rename the Class</source>
            <translation>Klasse umbenennen</translation>
        </message>
        <message>
            <source>Its new name:</source>
            <translation>Ihr neuer Name:</translation>
        </message>
        <message>
            <source>Rename Class</source>
            <translation>Klasse umbenennen</translation>
        </message>
        <message>
            <source>Colour of the Class</source>
            <translation>Farbe der Klasse</translation>
        </message>
        <message>
            <source>Colour Class</source>
            <translation>Klasse färben</translation>
        </message>
        <message>
            <source>Edit Notes</source>
            <translation>Notizen bearbeiten</translation>
        </message>
    </context>
    <context>
        <name>geneglass::AnnotationSelection</name>
        <message>
            <source>What is locked was not deleted.</source>
            <translation>Gesperrtes wurde nicht gelöscht.</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Löschen</translation>
        </message>
        <message numerus="yes">
            <source>Delete %n</source>
            <translation>
                <numerusform>%n löschen</numerusform>
                <numerusform>%n löschen</numerusform>
            </translation>
        </message>
        <message>
            <source>Set Class</source>
            <translation>Klasse setzen</translation>
        </message>
        <message>
            <source>%1 needs two or more areas that are selected and not locked.</source>
            <translation>%1 braucht zwei oder mehr ausgewählte Flächen, die nicht gesperrt sind.</translation>
        </message>
        <message>
            <source>%1 would leave nothing.</source>
            <translation>%1 ließe nichts übrig.</translation>
        </message>
        <message>
            <source>Unite</source>
            <translation>Vereinigen</translation>
        </message>
        <message>
            <source>Subtract</source>
            <translation>Abziehen</translation>
        </message>
        <message>
            <source>Intersect</source>
            <translation>Schneiden</translation>
        </message>
    </context>
    <context>
        <name>geneglass::AnnotationTable</name>
        <message>
            <source>no class</source>
            <translation>keine Klasse</translation>
        </message>
        <message>
            <source>Class</source>
            <translation>Klasse</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Measure</source>
            <translation>Maß</translation>
        </message>
    </context>
    <context>
        <name>geneglass::AttentionPlugin</name>
        <message>
            <source>Attention of %1</source>
            <translation>Aufmerksamkeit für %1</translation>
        </message>
        <message>
            <source>× uniform</source>
            <translation>× gleichmäßig</translation>
        </message>
    </context>
    <context>
        <name>geneglass::CallsView</name>
        <message>
            <source>Diagnosis</source>
            <translation>Diagnose</translation>
        </message>
        <message>
            <source>Probability</source>
            <translation>Wahrscheinlichkeit</translation>
        </message>
        <message>
            <source>How far it is to be believed</source>
            <translation>Wie weit dem zu trauen ist</translation>
        </message>
        <message>
            <source>%1 of tissue unlike the training tissue</source>
            <translation>%1 von Gewebe, das dem des Trainings nicht gleicht</translation>
        </message>
        <message>
            <source>%1 so far, of %2 of %3 tiles</source>
            <translation>%1 bis jetzt, aus %2 von %3 Kacheln</translation>
        </message>
        <message>
            <source>Subtype</source>
            <translation>Subtyp</translation>
        </message>
    </context>
    <context>
        <name>geneglass::ChannelPanel</name>
        <message>
            <source>Channels</source>
            <translation>Kanäle</translation>
        </message>
        <message>
            <source>Reset</source>
            <translation>Zurücksetzen</translation>
        </message>
        <message>
            <source>Reset the channels</source>
            <translation>Kanäle zurücksetzen</translation>
        </message>
        <message>
            <source>As they were when the slide opened</source>
            <translation>Wie sie waren, als der Schnitt geöffnet wurde</translation>
        </message>
        <message>
            <source>Black of %1</source>
            <translation>Schwarz von %1</translation>
        </message>
        <message>
            <source>Brightest of %1</source>
            <translation>Hellstes von %1</translation>
        </message>
        <message>
            <source>Show %1</source>
            <translation>%1 zeigen</translation>
        </message>
        <message>
            <source>Colour of %1</source>
            <translation>Farbe von %1</translation>
        </message>
        <message>
            <source>Chooses another colour</source>
            <translation>Wählt eine andere Farbe</translation>
        </message>
        <message>
            <source>Range of %1</source>
            <translation>Bereich von %1</translation>
        </message>
        <message>
            <source>Black</source>
            <translation>Schwarz</translation>
        </message>
        <message>
            <source>Bright</source>
            <translation>Hell</translation>
        </message>
        <message>
            <source>%1 to %2, %3</source>
            <translation>%1 bis %2, %3</translation>
        </message>
    </context>
    <context>
        <name>geneglass::ClassBar</name>
        <message>
            <source>%1 %2 %</source>
            <translation>%1 %2 %</translation>
        </message>
        <message>
            <source>Tiles by class</source>
            <translation>Kacheln nach Klasse</translation>
        </message>
    </context>
    <context>
        <name>geneglass::Comfort</name>
        <message numerus="yes">
            <source>Of each of the %n open slide(s) now: %1 of tiles, %2 of textures, %3 of maps.</source>
            <translation>
                <numerusform>Vom geöffneten Schnitt jetzt: %1 für Kacheln, %2 für Texturen, %3 für Karten.</numerusform>
                <numerusform>Von jedem der %n geöffneten Schnitte jetzt: %1 für Kacheln, %2 für Texturen, %3 für Karten.</numerusform>
            </translation>
        </message>
        <message>
            <source>The model “%1” does not predict the gene “%2”.</source>
            <translation>Das Modell „%1“ sagt das Gen „%2“ nicht vorher.</translation>
        </message>
        <message>
            <source>Reset the Pane&amp;ls</source>
            <translation>&amp;Bedienfelder zurücksetzen</translation>
        </message>
    </context>
    <context>
        <name>geneglass::CommandPalette</name>
        <message>
            <source>Commands</source>
            <translation>Befehle</translation>
        </message>
        <message>
            <source>Type parts of what is to be done; Enter does it</source>
            <translation>Teile dessen tippen, was getan werden soll; Eingabe tut es</translation>
        </message>
        <message>
            <source>Parts of the command</source>
            <translation>Teile des Befehls</translation>
        </message>
        <message>
            <source>No command has “%1” in its name. Genes are searched in the panel Genes (Ctrl+F).</source>
            <translation>Kein Befehl hat „%1“ im Namen. Gene werden in der Leiste Gene gesucht (Strg+F).</translation>
        </message>
        <message>
            <source>Commands that fit</source>
            <translation>Passende Befehle</translation>
        </message>
    </context>
    <context>
        <name>geneglass::CompareDesk</name>
        <message>
            <source>C&amp;ompare</source>
            <translation>&amp;Vergleich</translation>
        </message>
        <message>
            <source>&amp;Link the Views</source>
            <translation>Ansichten ver&amp;binden</translation>
        </message>
        <message>
            <source>Link Sections by &amp;Three Places…</source>
            <translation>Schnitte über &amp;drei Stellen verbinden …</translation>
        </message>
        <message>
            <source>&amp;One Range of Colours</source>
            <translation>&amp;Ein Farbbereich für alle</translation>
        </message>
        <message>
            <source>L&amp;ens</source>
            <translation>&amp;Lupe</translation>
        </message>
        <message>
            <source>&amp;Swipe</source>
            <translation>&amp;Wischen</translation>
        </message>
        <message>
            <source>Lens and Swipe Show T&amp;issue</source>
            <translation>Lupe und Wischen zeigen &amp;Gewebe</translation>
        </message>
        <message>
            <source>Lens and Swipe Show Another &amp;Gene…</source>
            <translation>Lupe und Wischen zeigen ein anderes Ge&amp;n …</translation>
        </message>
        <message>
            <source>“%1” cannot be linked, as it does not say how large its pixels are.</source>
            <translation>„%1“ lässt sich nicht verbinden, da es nicht sagt, wie groß seine Pixel sind.</translation>
        </message>
        <message>
            <source>Click three places on each slide, in the same order on all: 1, 2, 3, far apart. Enter takes the middle of the view, Backspace takes the last back.</source>
            <translation>Auf jedem Schnitt drei Stellen klicken, auf allen in derselben Reihenfolge: 1, 2, 3, weit auseinander. Eingabe nimmt die Mitte der Ansicht, Rückschritt nimmt die letzte zurück.</translation>
        </message>
        <message>
            <source>Give Up</source>
            <translation>Aufgeben</translation>
        </message>
        <message>
            <source>The sections are linked; the places agree to %1 µm.</source>
            <translation>Die Schnitte sind verbunden; die Stellen stimmen auf %1 µm überein.</translation>
        </message>
        <message>
            <source>The sections are linked, one as the mirror image of the other; the places agree to %1 µm.</source>
            <translation>Die Schnitte sind verbunden, einer als Spiegelbild des anderen; die Stellen stimmen auf %1 µm überein.</translation>
        </message>
        <message>
            <source>There is no prediction of this slide yet, so the lens can only show tissue.</source>
            <translation>Zu diesem Schnitt gibt es noch keine Vorhersage, also kann die Lupe nur Gewebe zeigen.</translation>
        </message>
        <message>
            <source>Another gene in the lens</source>
            <translation>Ein anderes Gen in der Lupe</translation>
        </message>
        <message>
            <source>Gene</source>
            <translation>Gen</translation>
        </message>
        <message>
            <source>Tissue</source>
            <translation>Gewebe</translation>
        </message>
        <message>
            <source>%1: no map</source>
            <translation>%1: keine Karte</translation>
        </message>
    </context>
    <context>
        <name>geneglass::ContributionPlugin</name>
        <message>
            <source>Contribution to %1</source>
            <translation>Beitrag zu %1</translation>
        </message>
    </context>
    <context>
        <name>geneglass::DomainBanner</name>
        <message>
            <source>Whether the tissue is like that the model learnt from</source>
            <translation>Ob das Gewebe dem gleicht, aus dem das Modell gelernt hat</translation>
        </message>
        <message>
            <source>Show anyway</source>
            <translation>Trotzdem zeigen</translation>
        </message>
        <message>
            <source>Withhold again</source>
            <translation>Wieder zurückhalten</translation>
        </message>
        <message>
            <source>Looking for a model that suits…</source>
            <translation>Ein passendes Modell wird gesucht …</translation>
        </message>
        <message>
            <source>Another installed model learnt from tissue like it: %1.</source>
            <translation>Ein anderes installiertes Modell hat aus solchem Gewebe gelernt: %1.</translation>
        </message>
        <message>
            <source>No installed model learnt from such tissue.</source>
            <translation>Kein installiertes Modell hat aus solchem Gewebe gelernt.</translation>
        </message>
        <message>
            <source>Use %1</source>
            <translation>%1 verwenden</translation>
        </message>
    </context>
    <context>
        <name>geneglass::FileSaver</name>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>What is being saved</source>
            <translation>Was gespeichert wird</translation>
        </message>
        <message>
            <source>Progress of saving</source>
            <translation>Fortschritt des Speicherns</translation>
        </message>
        <message>
            <source>Cancel saving</source>
            <translation>Speichern abbrechen</translation>
        </message>
        <message>
            <source>Saving %1</source>
            <translation>%1 wird gespeichert</translation>
        </message>
        <message>
            <source>Saving %1: reading tiles</source>
            <translation>%1 wird gespeichert: Kacheln werden gelesen</translation>
        </message>
        <message>
            <source>Saving %1: writing</source>
            <translation>%1 wird gespeichert: wird geschrieben</translation>
        </message>
        <message>
            <source>Printing on %1: reading tiles</source>
            <translation>%1 druckt: Kacheln werden gelesen</translation>
        </message>
        <message>
            <source>Printing on %1</source>
            <translation>%1 druckt</translation>
        </message>
        <message>
            <source>Nothing was printed.</source>
            <translation>Nichts wurde gedruckt.</translation>
        </message>
        <message>
            <source>Nothing was saved.</source>
            <translation>Nichts wurde gespeichert.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::GeneCharts</name>
        <message>
            <source>Second gene</source>
            <translation>Zweites Gen</translation>
        </message>
        <message>
            <source>Tiles to mark</source>
            <translation>Zu markierende Kacheln</translation>
        </message>
        <message>
            <source>those drawn around</source>
            <translation>die umfahrenen</translation>
        </message>
        <message>
            <source>high in both</source>
            <translation>hoch in beiden</translation>
        </message>
        <message>
            <source>high in the first only</source>
            <translation>hoch nur im ersten</translation>
        </message>
        <message>
            <source>high in the second only</source>
            <translation>hoch nur im zweiten</translation>
        </message>
        <message>
            <source>High: in the upper quarter of this slide's tiles</source>
            <translation>Hoch: im oberen Viertel der Kacheln dieses Schnitts</translation>
        </message>
        <message>
            <source>Against</source>
            <translation>Gegen</translation>
        </message>
        <message>
            <source>Mark tiles</source>
            <translation>Kacheln markieren</translation>
        </message>
        <message>
            <source>Name a second gene to see both tile by tile.</source>
            <translation>Ein zweites Gen nennen, um beide Kachel für Kachel zu sehen.</translation>
        </message>
        <message>
            <source>This model does not predict “%1”.</source>
            <translation>Dieses Modell sagt „%1“ nicht vorher.</translation>
        </message>
        <message>
            <source>Reading the maps…</source>
            <translation>Die Karten werden gelesen …</translation>
        </message>
        <message>
            <source>A point a tile. Draw around some to outline them on the slide.</source>
            <translation>Ein Punkt je Kachel. Einige umfahren, um sie auf dem Schnitt zu umranden.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::GeneExpressionPlugin</name>
        <message>
            <source>%1 expression</source>
            <translation>Expression von %1</translation>
        </message>
    </context>
    <context>
        <name>geneglass::GeneList</name>
        <message>
            <source>%1 (no room)</source>
            <translation>%1 (kein Platz)</translation>
        </message>
        <message>
            <source>Predicted genes</source>
            <translation>Vorhergesagte Gene</translation>
        </message>
        <message>
            <source>Columns</source>
            <translation>Spalten</translation>
        </message>
        <message>
            <source>Columns of the gene table</source>
            <translation>Spalten der Gentabelle</translation>
        </message>
        <message>
            <source>Several genes at once: Ctrl or Shift with a click, or Shift with the arrows</source>
            <translation>Mehrere Gene zugleich: Strg oder Umschalt mit einem Klick, oder Umschalt mit den Pfeiltasten</translation>
        </message>
        <message>
            <source>At most five genes are shown together.</source>
            <translation>Höchstens fünf Gene werden zusammen gezeigt.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::GenePanelView</name>
        <message>
            <source>What the prediction is</source>
            <translation>Was die Vorhersage ist</translation>
        </message>
        <message>
            <source>Open a slide to predict its genes.</source>
            <translation>Einen Schnitt öffnen, um seine Gene vorherzusagen.</translation>
        </message>
        <message>
            <source> Values in %1.</source>
            <translation> Werte in %1.</translation>
        </message>
        <message numerus="yes">
            <source> %n damaged tile(s) left out.</source>
            <translation>
                <numerusform> %n beschädigte Kachel ausgelassen.</numerusform>
                <numerusform> %n beschädigte Kacheln ausgelassen.</numerusform>
            </translation>
        </message>
        <message>
            <source> At %1 measured spots of this slide: mean r %2 [%3, %4] over %5 genes.</source>
            <translation> An %1 gemessenen Spots dieses Schnitts: mittleres r %2 [%3, %4] über %5 Gene.</translation>
        </message>
        <message>
            <source> Spots left out: %1.</source>
            <translation> Ausgelassene Spots: %1.</translation>
        </message>
        <message>
            <source>Mean z of the slide %1, over %2 of %3 genes. It has no held-out r of its own.</source>
            <translation>Mittleres z des Schnitts %1, über %2 von %3 Genen. Ein eigenes r an Prüffällen hat es nicht.</translation>
        </message>
        <message>
            <source>What the slide is called</source>
            <translation>Wie der Schnitt eingestuft ist</translation>
        </message>
    </context>
    <context>
        <name>geneglass::GeneSearch</name>
        <message>
            <source>Gene or class</source>
            <translation>Gen oder Klasse</translation>
        </message>
        <message>
            <source>Search genes</source>
            <translation>Gene suchen</translation>
        </message>
        <message>
            <source>Enter chooses the best match, the arrows go through the others.</source>
            <translation>Eingabe wählt den besten Treffer, die Pfeiltasten gehen durch die anderen.</translation>
        </message>
        <message>
            <source>Ctrl+F. Enter chooses the best match, the arrows go through the others.</source>
            <translation>Strg+F. Eingabe wählt den besten Treffer, die Pfeiltasten gehen durch die anderen.</translation>
        </message>
        <message>
            <source>The model “%1” does not predict “%2”.</source>
            <translation>Das Modell „%1“ sagt „%2“ nicht vorher.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::GeneSetChoice</name>
        <message>
            <source>All genes</source>
            <translation>Alle Gene</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>Alle Dateien (*)</translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n gene(s) well predicted</source>
            <translation>
                <numerusform>%1 von %n Gen gut vorhergesagt</numerusform>
                <numerusform>%1 von %n Genen gut vorhergesagt</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>, %n not in this model: %1</source>
            <translation>
                <numerusform>, %n nicht in diesem Modell: %1</numerusform>
                <numerusform>, %n nicht in diesem Modell: %1</numerusform>
            </translation>
        </message>
        <message>
            <source>Mean</source>
            <translation>Mittel</translation>
        </message>
        <message>
            <source>Genes that are listed</source>
            <translation>Aufgelistete Gene</translation>
        </message>
        <message>
            <source>Shows the mean of the set's well predicted genes as one map, each in standard deviations of its training labels</source>
            <translation>Zeigt das Mittel der gut vorhergesagten Gene des Satzes als eine Karte, jedes in Standardabweichungen seiner Zielwerte im Training</translation>
        </message>
        <message>
            <source>Sets</source>
            <translation>Sätze</translation>
        </message>
        <message>
            <source>Own gene sets</source>
            <translation>Eigene Gensätze</translation>
        </message>
        <message>
            <source>&amp;Type a Set…</source>
            <translation>Einen Satz &amp;eintippen …</translation>
        </message>
        <message>
            <source>&amp;Read Sets from a File…</source>
            <translation>Sätze aus einer &amp;Datei lesen …</translation>
        </message>
        <message>
            <source>&amp;Forget Own Sets</source>
            <translation>Eigene Sätze &amp;vergessen</translation>
        </message>
        <message>
            <source>A gene set</source>
            <translation>Ein Gensatz</translation>
        </message>
        <message>
            <source>Its name on the first line, then its genes, with blanks, commas or lines between.</source>
            <translation>Sein Name in der ersten Zeile, dann seine Gene, mit Leerzeichen, Kommas oder Zeilen dazwischen.</translation>
        </message>
        <message>
            <source>A gene set needs a name on the first line and a gene below it.</source>
            <translation>Ein Gensatz braucht einen Namen in der ersten Zeile und darunter ein Gen.</translation>
        </message>
        <message>
            <source>Read gene sets</source>
            <translation>Gensätze lesen</translation>
        </message>
        <message>
            <source>Gene sets (*.gmt *.txt *.grp *.csv)</source>
            <translation>Gensätze (*.gmt *.txt *.grp *.csv)</translation>
        </message>
    </context>
    <context>
        <name>geneglass::GeneTable</name>
        <message>
            <source>
The models of the training's %1 folds differ by %2 (one standard deviation): so much hangs on which cases were learnt from. It is not the error: all may be wrong alike.</source>
            <translation>
Die Modelle der %1 Teile des Trainings weichen um %2 voneinander ab (eine Standardabweichung): so viel hängt daran, aus welchen Fällen gelernt wurde. Es ist nicht der Fehler: alle können gleich falsch liegen.</translation>
        </message>
        <message>
            <source>not measured</source>
            <translation>nicht gemessen</translation>
        </message>
        <message>
            <source>not defined</source>
            <translation>nicht definiert</translation>
        </message>
        <message>
            <source>not predictable</source>
            <translation>nicht vorhersagbar</translation>
        </message>
        <message>
            <source>withheld</source>
            <translation>zurückgehalten</translation>
        </message>
        <message>
            <source>none</source>
            <translation>keine</translation>
        </message>
        <message>
            <source>%1 is not predictable: on cases the model was not trained on it did no better than chance. No hotspots are marked.</source>
            <translation>%1 ist nicht vorhersagbar: an Fällen, an denen das Modell nicht gelernt hat, war es nicht besser als der Zufall. Keine Hotspots werden markiert.</translation>
        </message>
        <message>
            <source>%1: predicted %2 %3, of tissue unlike what the model learnt from.</source>
            <translation>%1: vorhergesagt %2 %3, von Gewebe, das dem des Trainings nicht gleicht.</translation>
        </message>
        <message>
            <source>%1: predicted %2 %3. Click to see its map and hotspots.</source>
            <translation>%1: vorhergesagt %2 %3. Ein Klick zeigt Karte und Hotspots.</translation>
        </message>
        <message>
            <source>%1, not predictable</source>
            <translation>%1, nicht vorhersagbar</translation>
        </message>
        <message>
            <source>Gene</source>
            <translation>Gen</translation>
        </message>
        <message>
            <source>Class</source>
            <translation>Klasse</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>Wert</translation>
        </message>
        <message>
            <source>Percentile</source>
            <translation>Perzentil</translation>
        </message>
        <message>
            <source>r [95 % CI]</source>
            <translation>r [95-%-KI]</translation>
        </message>
        <message>
            <source>Hotspots</source>
            <translation>Hotspots</translation>
        </message>
        <message>
            <source>r at spots</source>
            <translation>r an Spots</translation>
        </message>
        <message>
            <source>Symbol of the gene</source>
            <translation>Symbol des Gens</translation>
        </message>
        <message>
            <source>The group of the model's gene panel that the gene is in, as a molecular subtype</source>
            <translation>Die Gruppe im Genpanel des Modells, zu der das Gen gehört, etwa ein molekularer Subtyp</translation>
        </message>
        <message>
            <source>Predicted expression of the whole slide, in the unit of the training labels. Sorts by percentile, since values of different genes cannot be compared</source>
            <translation>Vorhergesagte Expression des ganzen Schnitts, in der Einheit der Zielwerte des Trainings. Sortiert nach Perzentil, da Werte verschiedener Gene nicht vergleichbar sind</translation>
        </message>
        <message>
            <source>%1. These cases are synthetic slides: it says nothing of real tissue</source>
            <translation>%1. Diese Fälle sind synthetische Schnitte: das sagt nichts über echtes Gewebe</translation>
        </message>
        <message>
            <source>Place of the value among the model's predictions for cases it was not trained on</source>
            <translation>Platz des Werts unter den Vorhersagen des Modells für Fälle, an denen es nicht gelernt hat</translation>
        </message>
        <message>
            <source>Pearson correlation on cases the model was not trained on, with its 95 % interval</source>
            <translation>Pearson-Korrelation an Fällen, an denen das Modell nicht gelernt hat, mit 95-%-Intervall</translation>
        </message>
        <message>
            <source>Area of the regions where the gene's contribution is in the slide's top 5 %</source>
            <translation>Fläche der Gebiete, in denen der Beitrag des Gens unter den obersten 5 % des Schnitts ist</translation>
        </message>
        <message>
            <source>Pearson correlation of measured with predicted at the spots of this very slide, with its 95 % interval</source>
            <translation>Pearson-Korrelation von Gemessenem mit Vorhergesagtem an den Spots eben dieses Schnitts, mit 95-%-Intervall</translation>
        </message>
        <message>
            <source>Tiles</source>
            <translation>Kacheln</translation>
        </message>
        <message>
            <source>How its tile values are spread over this slide, from the least to the greatest</source>
            <translation>Wie sich die Werte der Kacheln über diesen Schnitt verteilen, vom kleinsten zum größten</translation>
        </message>
    </context>
    <context>
        <name>geneglass::GenesTogetherPlugin</name>
        <message>
            <source>%1: mean z of %2 of %3 genes</source>
            <translation>%1: mittleres z von %2 von %3 Genen</translation>
        </message>
        <message>
            <source>%1 (held-out r %2)</source>
            <translation>%1 (r an Prüffällen %2)</translation>
        </message>
        <message>
            <source>%1 (held-out r %2, synthetic)</source>
            <translation>%1 (r an synth. Prüffällen %2)</translation>
        </message>
        <message>
            <source>Choose a gene set, or several genes with Ctrl and a click, to see them together.</source>
            <translation>Wählen Sie einen Gensatz oder mit Strg und Klick mehrere Gene, um sie zusammen zu sehen.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::GoToDialog</name>
        <message>
            <source>Go to a place</source>
            <translation>Zu einer Stelle gehen</translation>
        </message>
        <message>
            <source>&amp;Place: x and y from the upper left corner, in px, µm or mm</source>
            <translation>&amp;Stelle: x und y von der oberen linken Ecke, in px, µm oder mm</translation>
        </message>
        <message>
            <source>&amp;Place: x and y from the upper left corner, in px</source>
            <translation>&amp;Stelle: x und y von der oberen linken Ecke, in px</translation>
        </message>
        <message>
            <source>Place</source>
            <translation>Stelle</translation>
        </message>
    </context>
    <context>
        <name>geneglass::HelpDesk</name>
        <message>
            <source>&amp;Manual</source>
            <translation>&amp;Handbuch</translation>
        </message>
        <message>
            <source>List of &amp;Keys</source>
            <translation>Liste der &amp;Tasten</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Tasten</translation>
        </message>
        <message>
            <source>&amp;What Is This?</source>
            <translation>&amp;Was ist das?</translation>
        </message>
        <message>
            <source>&amp;Commands…</source>
            <translation>&amp;Befehle …</translation>
        </message>
    </context>
    <context>
        <name>geneglass::HintedForm</name>
        <message>
            <source>What the field expects</source>
            <translation>Was das Feld erwartet</translation>
        </message>
    </context>
    <context>
        <name>geneglass::HotspotPanel</name>
        <message>
            <source>Rank</source>
            <translation>Rang</translation>
        </message>
        <message>
            <source>Hotspots of the chosen gene</source>
            <translation>Hotspots des gewählten Gens</translation>
        </message>
        <message>
            <source>mm²</source>
            <translation>mm²</translation>
        </message>
        <message>
            <source>Mean</source>
            <translation>Mittel</translation>
        </message>
        <message>
            <source>1 is the largest of its gene</source>
            <translation>1 ist der größte seines Gens</translation>
        </message>
        <message>
            <source>Mean of its tiles' expression estimates</source>
            <translation>Mittel der geschätzten Expression seiner Kacheln</translation>
        </message>
        <message>
            <source>%1 (held-out r %2)</source>
            <translation>%1 (r an Prüffällen %2)</translation>
        </message>
        <message>
            <source>Hotspots of %1 are withheld: this tissue is unlike the training tissue.</source>
            <translation>Hotspots von %1 sind zurückgehalten: dieses Gewebe gleicht dem des Trainings nicht.</translation>
        </message>
        <message>
            <source>Hotspots of %1 are known when all tiles are computed.</source>
            <translation>Hotspots von %1 sind bekannt, wenn alle Kacheln berechnet sind.</translation>
        </message>
        <message>
            <source>%1 has no hotspot: no four neighbouring tiles are in this slide's top 5 %.</source>
            <translation>%1 hat keinen Hotspot: keine vier benachbarten Kacheln sind unter den obersten 5 % dieses Schnitts.</translation>
        </message>
        <message numerus="yes">
            <source>%n hotspot(s) of %1, mean in %2. A click goes there; “.” to the next, “,” to the one before.</source>
            <translation>
                <numerusform>%n Hotspot von %1, Mittel in %2. Ein Klick geht dorthin; „.“ zum nächsten, „,“ zum vorigen.</numerusform>
                <numerusform>%n Hotspots von %1, Mittel in %2. Ein Klick geht dorthin; „.“ zum nächsten, „,“ zum vorigen.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>geneglass::LassoScatter</name>
        <message>
            <source>Two genes over the tiles, a point a tile</source>
            <translation>Zwei Gene über die Kacheln, ein Punkt je Kachel</translation>
        </message>
        <message>
            <source>Draw around points with the button held: their tiles are outlined on the slide</source>
            <translation>Punkte mit gedrückter Taste umfahren: ihre Kacheln werden auf dem Schnitt umrandet</translation>
        </message>
        <message>
            <source>%1 %2 of %3 tiles are drawn.</source>
            <translation>%1 %2 von %3 Kacheln sind gezeichnet.</translation>
        </message>
        <message>
            <source>%1 (held-out r %2), %3</source>
            <translation>%1 (r an Prüffällen %2), %3</translation>
        </message>
    </context>
    <context>
        <name>geneglass::PluginControls</name>
        <message>
            <source>%1 of %2</source>
            <translation>%1 von %2</translation>
        </message>
    </context>
    <context>
        <name>geneglass::LayerControls</name>
        <message>
            <source>Show %1</source>
            <translation>%1 zeigen</translation>
        </message>
        <message>
            <source>Why %1 is not shown</source>
            <translation>Warum %1 nicht gezeigt wird</translation>
        </message>
        <message>
            <source>Opacity of %1</source>
            <translation>Deckkraft von %1</translation>
        </message>
        <message>
            <source>Colours of %1</source>
            <translation>Farben von %1</translation>
        </message>
        <message>
            <source>Percentiles</source>
            <translation>Perzentilen</translation>
        </message>
        <message>
            <source>Values</source>
            <translation>Werten</translation>
        </message>
        <message>
            <source>Range of %1 is given as</source>
            <translation>Bereich von %1 ist angegeben in</translation>
        </message>
        <message>
            <source>First colour of %1 at</source>
            <translation>Erste Farbe von %1 bei</translation>
        </message>
        <message>
            <source>Last colour of %1 at</source>
            <translation>Letzte Farbe von %1 bei</translation>
        </message>
        <message>
            <source>Hide %1 below</source>
            <translation>%1 ausblenden unter</translation>
        </message>
        <message>
            <source>one hue</source>
            <translation>ein Farbton</translation>
        </message>
        <message>
            <source>From nothing to green: the tissue is seen where values are low</source>
            <translation>Von nichts zu Grün: Wo die Werte niedrig sind, bleibt das Gewebe zu sehen</translation>
        </message>
        <message>
            <source>Smooth between tiles</source>
            <translation>Zwischen Kacheln glätten</translation>
        </message>
        <message>
            <source>Smooth %1 between tiles</source>
            <translation>%1 zwischen Kacheln glätten</translation>
        </message>
        <message>
            <source>Opacity</source>
            <translation>Deckkraft</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>Farben</translation>
        </message>
        <message>
            <source>Range in</source>
            <translation>Bereich in</translation>
        </message>
        <message>
            <source>From, to</source>
            <translation>Von, bis</translation>
        </message>
        <message>
            <source>Hide below</source>
            <translation>Ausblenden unter</translation>
        </message>
        <message>
            <source>Shown instead of the other maps; with Ctrl, over them</source>
            <translation>Statt der anderen Karten gezeigt; mit Strg über ihnen</translation>
        </message>
    </context>
    <context>
        <name>geneglass::MagnificationBox</name>
        <message>
            <source>Magnification</source>
            <translation>Vergrößerung</translation>
        </message>
        <message>
            <source>Type a magnification, such as 12.5, or 1 : 2 for two slide pixels a screen pixel</source>
            <translation>Eine Vergrößerung eintippen, etwa 12.5, oder 1 : 2 für zwei Schnittpixel je Bildschirmpixel</translation>
        </message>
        <message>
            <source>Fit</source>
            <translation>Einpassen</translation>
        </message>
        <message>
            <source>beyond the scan</source>
            <translation>feiner als der Scan</translation>
        </message>
        <message>
            <source>Nearer than the slide was scanned: one of its pixels takes several of the screen's, so nothing more can be seen.</source>
            <translation>Näher, als der Schnitt gescannt wurde: eines seiner Pixel belegt mehrere des Bildschirms, es ist also nicht mehr zu sehen.</translation>
        </message>
        <message>
            <source>How far the slide is turned clockwise, and whether left and right are exchanged then; a click, or the key 0, shows it as scanned</source>
            <translation>Wie weit der Schnitt im Uhrzeigersinn gedreht ist, und ob links und rechts danach vertauscht sind; ein Klick oder die Taste 0 zeigt ihn wie gescannt</translation>
        </message>
        <message>
            <source>%1°</source>
            <translation>%1°</translation>
        </message>
        <message>
            <source>%1, mirrored</source>
            <translation>%1, gespiegelt</translation>
        </message>
        <message>
            <source>mirrored</source>
            <translation>gespiegelt</translation>
        </message>
        <message>
            <source>Mirrored, show it as scanned</source>
            <translation>Gespiegelt, wie gescannt zeigen</translation>
        </message>
        <message>
            <source>Turned by %1, make it upright</source>
            <translation>Um %1 gedreht, gerade stellen</translation>
        </message>
    </context>
    <context>
        <name>geneglass::MainWindow</name>
        <message>
            <source>The graphics card draws no more; the slide is drawn without it now, more slowly.</source>
            <translation>Die Grafikkarte zeichnet nicht mehr; der Schnitt wird jetzt ohne sie gezeichnet, langsamer.</translation>
        </message>
        <message>
            <source>“%1” holds a program (TorchScript): it is read before it runs, and runs apart, without files and network.</source>
            <translation>„%1“ enthält ein Programm (TorchScript): es wird gelesen, bevor es läuft, und läuft für sich, ohne Dateien und Netz.</translation>
        </message>
        <message>
            <source>Geneglass</source>
            <translation>Geneglass</translation>
        </message>
        <message>
            <source>Overlays</source>
            <translation>Ebenen</translation>
        </message>
        <message>
            <source>Genes</source>
            <translation>Gene</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>Bild</translation>
        </message>
        <message>
            <source>Gallery</source>
            <translation>Galerie</translation>
        </message>
        <message>
            <source>Annotations</source>
            <translation>Annotationen</translation>
        </message>
        <message>
            <source>Regions</source>
            <translation>Gebiete</translation>
        </message>
        <message>
            <source>Snapshots</source>
            <translation>Schnappschüsse</translation>
        </message>
        <message>
            <source>Panels at the side</source>
            <translation>Bedienfelder an der Seite</translation>
        </message>
        <message>
            <source>Position of the cursor</source>
            <translation>Ort des Mauszeigers</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>Farben</translation>
        </message>
        <message>
            <source>Loading state</source>
            <translation>Stand des Ladens</translation>
        </message>
        <message>
            <source>Value under the cursor</source>
            <translation>Wert unter dem Mauszeiger</translation>
        </message>
        <message>
            <source>Set µm per pixel…</source>
            <translation>µm je Pixel setzen …</translation>
        </message>
        <message>
            <source>x %1 µm   y %2 µm</source>
            <translation>x %1 µm   y %2 µm</translation>
        </message>
        <message>
            <source>x %1 px   y %2 px</source>
            <translation>x %1 px   y %2 px</translation>
        </message>
        <message>
            <source>Damaged tiles: %1</source>
            <translation>Beschädigte Kacheln: %1</translation>
        </message>
        <message>
            <source>Cutting the picture into tiles: %1 %</source>
            <translation>Das Bild wird in Kacheln geschnitten: %1 %</translation>
        </message>
        <message>
            <source>Reading tiles…</source>
            <translation>Kacheln werden gelesen …</translation>
        </message>
        <message>
            <source>%1×	%2</source>
            <translation>%1×	%2</translation>
        </message>
        <message>
            <source>Open a slide beside</source>
            <translation>Einen Schnitt daneben öffnen</translation>
        </message>
        <message>
            <source>Open a slide</source>
            <translation>Einen Schnitt öffnen</translation>
        </message>
        <message>
            <source>Slides (%1)</source>
            <translation>Schnitte (%1)</translation>
        </message>
        <message>
            <source>Cases and reports of Geneglass (*.geneglass *.pdf *.html)</source>
            <translation>Fälle und Berichte von Geneglass (*.geneglass *.pdf *.html)</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>Alle Dateien (*)</translation>
        </message>
        <message>
            <source>Forget These</source>
            <translation>Diese vergessen</translation>
        </message>
        <message>
            <source>The folder of this slide's measured spots</source>
            <translation>Der Ordner mit den gemessenen Spots dieses Schnitts</translation>
        </message>
        <message>
            <source>Show “%1” (May Name the Patient)</source>
            <translation>„%1“ zeigen (kann den Patienten nennen)</translation>
        </message>
        <message>
            <source>Show “%1”</source>
            <translation>„%1“ zeigen</translation>
        </message>
        <message>
            <source>Saved %1</source>
            <translation>%1 gespeichert</translation>
        </message>
        <message>
            <source>The report was sent to %1</source>
            <translation>Der Bericht ging an %1</translation>
        </message>
        <message>
            <source>Slides are predicted with “%1”.</source>
            <translation>Schnitte werden mit „%1“ vorhergesagt.</translation>
        </message>
        <message>
            <source>Feature cache</source>
            <translation>Merkmalspeicher</translation>
        </message>
        <message>
            <source>Measuring…</source>
            <translation>Wird gemessen …</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>Leeren</translation>
        </message>
        <message numerus="yes">
            <source>Features of %n slide(s), %1 of at most %2.</source>
            <translation>
                <numerusform>Merkmale von %n Schnitt, %1 von höchstens %2.</numerusform>
                <numerusform>Merkmale von %n Schnitten, %1 von höchstens %2.</numerusform>
            </translation>
        </message>
        <message>
            <source>A slide whose features are kept is predicted again at once. They lie in %1.</source>
            <translation>Ein Schnitt, dessen Merkmale aufgehoben sind, wird sofort wieder vorhergesagt. Sie liegen in %1.</translation>
        </message>
        <message>
            <source>About Geneglass</source>
            <translation>Über Geneglass</translation>
        </message>
        <message>
            <source>&lt;b&gt;Geneglass %1&lt;/b&gt;&lt;p&gt;Shows whole-slide images and gene expression predicted from them.&lt;/p&gt;&lt;p&gt;&lt;b&gt;For research use only.&lt;/b&gt; A predicted map is weak evidence: it is no measurement and not for diagnosis. Every gene carries how well it was predicted on cases the model had not seen.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later, without any warranty.&lt;/p&gt;</source>
            <translation>&lt;b&gt;Geneglass %1&lt;/b&gt;&lt;p&gt;Zeigt digitale Gewebeschnitte und daraus vorhergesagte Genexpression.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Nur für die Forschung.&lt;/b&gt; Eine vorhergesagte Karte ist schwache Evidenz: sie ist keine Messung und nicht für die Diagnostik. Zu jedem Gen steht, wie gut es an Fällen vorhergesagt wurde, die das Modell nicht gesehen hatte.&lt;/p&gt;&lt;p&gt;Freie Software unter der GNU General Public License, Version 3 oder später, ohne jede Gewähr.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>&amp;Tools</source>
            <translation>&amp;Werkzeuge</translation>
        </message>
        <message>
            <source>&amp;Unite What Is Selected</source>
            <translation>Ausgewähltes &amp;vereinigen</translation>
        </message>
        <message>
            <source>&amp;Subtract from the Lowest</source>
            <translation>Vom Untersten &amp;abziehen</translation>
        </message>
        <message>
            <source>&amp;Intersect</source>
            <translation>&amp;Schneiden</translation>
        </message>
        <message>
            <source>&amp;Delete</source>
            <translation>&amp;Löschen</translation>
        </message>
        <message>
            <source>From the Gene's &amp;Hotspots</source>
            <translation>Aus den &amp;Hotspots des Gens</translation>
        </message>
        <message>
            <source>From the Tumour &amp;Region</source>
            <translation>Aus dem &amp;Tumorgebiet</translation>
        </message>
        <message>
            <source>From the Measured S&amp;pots</source>
            <translation>Aus den gemessenen S&amp;pots</translation>
        </message>
        <message>
            <source>I&amp;mport…</source>
            <translation>&amp;Importieren …</translation>
        </message>
        <message>
            <source>&amp;Export…</source>
            <translation>&amp;Exportieren …</translation>
        </message>
        <message>
            <source>S&amp;how Annotations</source>
            <translation>Annotationen &amp;zeigen</translation>
        </message>
        <message>
            <source>From Hotspots</source>
            <translation>Aus Hotspots</translation>
        </message>
        <message>
            <source>The chosen gene has no hotspots on this slide.</source>
            <translation>Das gewählte Gen hat auf diesem Schnitt keine Hotspots.</translation>
        </message>
        <message>
            <source>From the Region</source>
            <translation>Aus dem Gebiet</translation>
        </message>
        <message>
            <source>There is no predicted region on this slide.</source>
            <translation>Auf diesem Schnitt gibt es kein vorhergesagtes Gebiet.</translation>
        </message>
        <message>
            <source>From Spots</source>
            <translation>Aus Spots</translation>
        </message>
        <message>
            <source>No measured spots are open: Slide &gt; Measured Spots opens them.</source>
            <translation>Keine gemessenen Spots sind offen: Schnitt &gt; Gemessene Spots öffnet sie.</translation>
        </message>
        <message>
            <source>Import Annotations</source>
            <translation>Annotationen importieren</translation>
        </message>
        <message>
            <source>Annotations (*.geojson *.json *.xml *.ndpa)</source>
            <translation>Annotationen (*.geojson *.json *.xml *.ndpa)</translation>
        </message>
        <message>
            <source>Export Annotations</source>
            <translation>Annotationen exportieren</translation>
        </message>
        <message>
            <source>GeoJSON, for QuPath (*.geojson);;ASAP (*.xml);;HistomicsUI (*.json);;NDP.view (*.ndpa)</source>
            <translation>GeoJSON, für QuPath (*.geojson);;ASAP (*.xml);;HistomicsUI (*.json);;NDP.view (*.ndpa)</translation>
        </message>
        <message>
            <source>Save Case As…</source>
            <translation>Fall speichern unter …</translation>
        </message>
        <message>
            <source>&amp;Undo %1</source>
            <translation>&amp;Rückgängig: %1</translation>
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation>&amp;Rückgängig</translation>
        </message>
        <message>
            <source>&amp;Redo %1</source>
            <translation>&amp;Wiederholen: %1</translation>
        </message>
        <message>
            <source>&amp;Redo</source>
            <translation>&amp;Wiederholen</translation>
        </message>
        <message>
            <source>Add a bookmark</source>
            <translation>Ein Lesezeichen hinzufügen</translation>
        </message>
        <message>
            <source>Name of this view</source>
            <translation>Name dieser Ansicht</translation>
        </message>
        <message>
            <source>View %1</source>
            <translation>Ansicht %1</translation>
        </message>
        <message>
            <source>Add Bookmark</source>
            <translation>Lesezeichen hinzufügen</translation>
        </message>
        <message>
            <source>&amp;Remove</source>
            <translation>&amp;Entfernen</translation>
        </message>
        <message>
            <source>Remove Bookmark</source>
            <translation>Lesezeichen entfernen</translation>
        </message>
        <message>
            <source>Save the case as</source>
            <translation>Den Fall speichern als</translation>
        </message>
        <message>
            <source>Geneglass case (*.geneglass)</source>
            <translation>Geneglass-Fall (*.geneglass)</translation>
        </message>
        <message>
            <source>The case is kept in %1</source>
            <translation>Der Fall liegt in %1</translation>
        </message>
        <message>
            <source>Opening %1…</source>
            <translation>%1 wird geöffnet …</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Sharpening the map of this view…</source>
            <translation>Die Karte dieser Ansicht wird geschärft …</translation>
        </message>
        <message>
            <source>Sharpening the map of this view: %1 of %2 tiles; Escape ends it</source>
            <translation>Die Karte dieser Ansicht wird geschärft: %1 von %2 Kacheln; Esc beendet es</translation>
        </message>
        <message>
            <source>Reading and predicting the measured spots…</source>
            <translation>Die gemessenen Spots werden gelesen und vorhergesagt …</translation>
        </message>
        <message>
            <source>%1 – Geneglass</source>
            <translation>%1 – Geneglass</translation>
        </message>
        <message>
            <source>This slide has no colour profile.</source>
            <translation>Dieser Schnitt hat kein Farbprofil.</translation>
        </message>
        <message>
            <source>Colour profile on</source>
            <translation>Farbprofil an</translation>
        </message>
        <message>
            <source>Colour profile off</source>
            <translation>Farbprofil aus</translation>
        </message>
        <message>
            <source>The screen's colour profile</source>
            <translation>Das Farbprofil des Bildschirms</translation>
        </message>
        <message>
            <source>ICC profiles (*.icc *.icm *.ICC *.ICM)</source>
            <translation>ICC-Profile (*.icc *.icm *.ICC *.ICM)</translation>
        </message>
        <message>
            <source>Write the Report</source>
            <translation>Bericht schreiben</translation>
        </message>
        <message>
            <source>PDF document (*.pdf)</source>
            <translation>PDF-Dokument (*.pdf)</translation>
        </message>
        <message>
            <source>Web page, one file (*.html)</source>
            <translation>Webseite, eine Datei (*.html)</translation>
        </message>
        <message>
            <source>Save a report</source>
            <translation>Einen Bericht speichern</translation>
        </message>
        <message>
            <source>Choose the Slide…</source>
            <translation>Schnitt wählen …</translation>
        </message>
        <message>
            <source>The slide the report was made of</source>
            <translation>Der Schnitt, von dem der Bericht handelt</translation>
        </message>
        <message>
            <source>The magnification is unknown: the slide does not say how large a pixel is.</source>
            <translation>Die Vergrößerung ist unbekannt: der Schnitt sagt nicht, wie groß ein Pixel ist.</translation>
        </message>
        <message>
            <source>Open Again</source>
            <translation>Neu öffnen</translation>
        </message>
        <message>
            <source>The place where “%1” lies does not answer: what is not shown yet comes when it does.</source>
            <translation>Der Ort, an dem „%1“ liegt, antwortet nicht: was noch nicht gezeigt ist, kommt, sobald er es tut.</translation>
        </message>
        <message>
            <source>“%1” is not open yet: the place where it lies answers slowly or not at all.</source>
            <translation>„%1“ ist noch nicht offen: der Ort, an dem es liegt, antwortet langsam oder gar nicht.</translation>
        </message>
        <message>
            <source>“%1” is anonymised: it does not say where its slide is.</source>
            <translation>„%1“ ist anonymisiert: es sagt nicht, wo sein Schnitt liegt.</translation>
        </message>
        <message>
            <source>The report was made with the model “%1”, which is not the one in use: maps and values may differ from it.</source>
            <translation>Der Bericht entstand mit dem Modell „%1“, das nicht das verwendete ist: Karten und Werte können abweichen.</translation>
        </message>
        <message>
            <source>Hotspots</source>
            <translation>Hotspots</translation>
        </message>
        <message>
            <source>Slides</source>
            <translation>Schnitte</translation>
        </message>
        <message>
            <source>Four slides are shown side by side already: close one of them first.</source>
            <translation>Vier Schnitte sind schon nebeneinander gezeigt: erst einen davon schließen.</translation>
        </message>
        <message>
            <source>Charts</source>
            <translation>Diagramme</translation>
        </message>
        <message>
            <source>maps hidden</source>
            <translation>Karten verborgen</translation>
        </message>
        <message>
            <source>A table of marker genes: columns class and symbol</source>
            <translation>Eine Tabelle von Markergenen: Spalten class und symbol</translation>
        </message>
        <message>
            <source>Tables (*.csv *.tsv *.txt)</source>
            <translation>Tabellen (*.csv *.tsv *.txt)</translation>
        </message>
        <message>
            <source>Calling the subtype of slide and tiles…</source>
            <translation>Der Subtyp von Schnitt und Kacheln wird bestimmt …</translation>
        </message>
    </context>
    <context>
        <name>geneglass::Manual</name>
        <message>
            <source>Manual</source>
            <translation>Handbuch</translation>
        </message>
        <message>
            <source>Search the headings</source>
            <translation>Überschriften durchsuchen</translation>
        </message>
        <message>
            <source>Headings</source>
            <translation>Überschriften</translation>
        </message>
        <message>
            <source>Text of the manual</source>
            <translation>Text des Handbuchs</translation>
        </message>
    </context>
    <context>
        <name>geneglass::MeasuredSpotsPlugin</name>
        <message>
            <source>%1 measured, %2</source>
            <translation>%1 gemessen, %2</translation>
        </message>
        <message>
            <source>log(1 + normalised count)</source>
            <translation>log(1 + normierte Zahl)</translation>
        </message>
    </context>
    <context>
        <name>geneglass::MessageBar</name>
        <message>
            <source>Message</source>
            <translation>Meldung</translation>
        </message>
        <message>
            <source>Dismiss</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Dismiss the message</source>
            <translation>Die Meldung schließen</translation>
        </message>
    </context>
    <context>
        <name>geneglass::MessageHistory</name>
        <message>
            <source>Me&amp;ssages…</source>
            <translation>Me&amp;ldungen …</translation>
        </message>
        <message>
            <source>What the window told since it began</source>
            <translation>Was das Fenster gemeldet hat, seit es offen ist</translation>
        </message>
        <message>
            <source>Messages</source>
            <translation>Meldungen</translation>
        </message>
        <message>
            <source>Nothing was told yet.</source>
            <translation>Noch wurde nichts gemeldet.</translation>
        </message>
        <message>
            <source>What the window told, the newest first</source>
            <translation>Was das Fenster gemeldet hat, das Neueste zuerst</translation>
        </message>
    </context>
    <context>
        <name>geneglass::MixChoice</name>
        <message>
            <source>colours added</source>
            <translation>Farben addiert</translation>
        </message>
        <message>
            <source>the highest on its scale</source>
            <translation>das auf seiner Skala höchste</translation>
        </message>
        <message>
            <source>How several genes are shown</source>
            <translation>Wie mehrere Gene gezeigt werden</translation>
        </message>
        <message numerus="yes">
            <source>%n gene(s) together:</source>
            <translation>
                <numerusform>%n Gen zusammen:</numerusform>
                <numerusform>%n Gene zusammen:</numerusform>
            </translation>
        </message>
        <message>
            <source>two-way</source>
            <translation>zweidimensional</translation>
        </message>
    </context>
    <context>
        <name>geneglass::ModelChoice</name>
        <message>
            <source>&amp;Installed Models</source>
            <translation>&amp;Installierte Modelle</translation>
        </message>
        <message>
            <source>no model</source>
            <translation>kein Modell</translation>
        </message>
        <message>
            <source>Model in use: %1</source>
            <translation>Verwendetes Modell: %1</translation>
        </message>
        <message>
            <source>%1: cannot be used</source>
            <translation>%1: nicht verwendbar</translation>
        </message>
        <message>
            <source>Being read…</source>
            <translation>Wird gelesen …</translation>
        </message>
    </context>
    <context>
        <name>geneglass::OverlayPanel</name>
        <message>
            <source>No overlays were found beside the program.</source>
            <translation>Neben dem Programm wurden keine Ebenen gefunden.</translation>
        </message>
        <message>
            <source>Overlays</source>
            <translation>Ebenen</translation>
        </message>
        <message>
            <source>All maps are hidden; M shows them.</source>
            <translation>Alle Karten sind ausgeblendet; M zeigt sie.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::OverlayStack</name>
        <message>
            <source>%1 is switched off.</source>
            <translation>%1 ist ausgeschaltet.</translation>
        </message>
        <message>
            <source>There is no overlay that shows this.</source>
            <translation>Es gibt keine Ebene, die das zeigt.</translation>
        </message>
        <message>
            <source>The maps are hidden; M shows them.</source>
            <translation>Die Karten sind ausgeblendet; M zeigt sie.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::OverviewMap</name>
        <message>
            <source>Overview</source>
            <translation>Übersicht</translation>
        </message>
        <message>
            <source>The whole slide. A click moves the view there.</source>
            <translation>Der ganze Schnitt. Ein Klick führt die Ansicht dorthin.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::PathField</name>
        <message>
            <source>Browse…</source>
            <translation>Durchsuchen …</translation>
        </message>
        <message>
            <source>Browse for: %1</source>
            <translation>Durchsuchen nach: %1</translation>
        </message>
        <message>
            <source>Tables (*.csv *.CSV *.txt)</source>
            <translation>Tabellen (*.csv *.CSV *.txt)</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>Alle Dateien (*)</translation>
        </message>
    </context>
    <context>
        <name>geneglass::PicturePanel</name>
        <message>
            <source>Brightness</source>
            <translation>Helligkeit</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>Bild</translation>
        </message>
        <message>
            <source>As scanned</source>
            <translation>Wie gescannt</translation>
        </message>
        <message>
            <source>Haematoxylin only</source>
            <translation>Nur Hämatoxylin</translation>
        </message>
        <message>
            <source>Eosin only</source>
            <translation>Nur Eosin</translation>
        </message>
        <message>
            <source>Which stains are shown</source>
            <translation>Welche Färbungen gezeigt werden</translation>
        </message>
        <message>
            <source>A: as scanned, H: haematoxylin only, E: eosin only</source>
            <translation>A: wie gescannt, H: nur Hämatoxylin, E: nur Eosin</translation>
        </message>
        <message>
            <source>From this slide</source>
            <translation>Aus diesem Schnitt</translation>
        </message>
        <message>
            <source>Ruifrok &amp; Johnston</source>
            <translation>Ruifrok &amp; Johnston</translation>
        </message>
        <message>
            <source>Stain vectors</source>
            <translation>Farbvektoren</translation>
        </message>
        <message>
            <source>Stain vectors estimated from this slide (Macenko 2009), or the standard ones (2001)</source>
            <translation>Farbvektoren, aus diesem Schnitt geschätzt (Macenko 2009), oder die üblichen (2001)</translation>
        </message>
        <message>
            <source>Why the stains were not estimated</source>
            <translation>Warum die Färbungen nicht geschätzt wurden</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Zeigen</translation>
        </message>
        <message>
            <source>Vectors</source>
            <translation>Vektoren</translation>
        </message>
        <message>
            <source>Stains</source>
            <translation>Färbungen</translation>
        </message>
        <message>
            <source>Contrast</source>
            <translation>Kontrast</translation>
        </message>
        <message>
            <source>Gamma</source>
            <translation>Gamma</translation>
        </message>
        <message>
            <source>Reset</source>
            <translation>Zurücksetzen</translation>
        </message>
        <message>
            <source>Reset brightness, contrast and gamma</source>
            <translation>Helligkeit, Kontrast und Gamma zurücksetzen</translation>
        </message>
        <message>
            <source>Ctrl+R; a double click on a slider resets it alone</source>
            <translation>Strg+R; ein Doppelklick auf einen Regler setzt ihn allein zurück</translation>
        </message>
        <message>
            <source>Tone</source>
            <translation>Tonwerte</translation>
        </message>
        <message>
            <source>A double click resets it</source>
            <translation>Ein Doppelklick setzt ihn zurück</translation>
        </message>
        <message>
            <source>Use the slide's profile</source>
            <translation>Profil des Schnitts verwenden</translation>
        </message>
        <message>
            <source>P compares</source>
            <translation>P vergleicht</translation>
        </message>
        <message>
            <source>Colour profile of the slide</source>
            <translation>Farbprofil des Schnitts</translation>
        </message>
        <message>
            <source>As the system says</source>
            <translation>Wie das System sagt</translation>
        </message>
        <message>
            <source>sRGB</source>
            <translation>sRGB</translation>
        </message>
        <message>
            <source>From a file…</source>
            <translation>Aus einer Datei …</translation>
        </message>
        <message>
            <source>Profile of the screen</source>
            <translation>Profil des Bildschirms</translation>
        </message>
        <message>
            <source>Colour profile of the screen</source>
            <translation>Farbprofil des Bildschirms</translation>
        </message>
        <message>
            <source>Screen</source>
            <translation>Bildschirm</translation>
        </message>
        <message>
            <source>Colour profiles</source>
            <translation>Farbprofile</translation>
        </message>
        <message>
            <source>This slide has no colour profile.</source>
            <translation>Dieser Schnitt hat kein Farbprofil.</translation>
        </message>
        <message>
            <source>File: %1…</source>
            <translation>Datei: %1 …</translation>
        </message>
        <message>
            <source>%1 The screen counts as sRGB.</source>
            <translation>%1 Der Bildschirm gilt als sRGB.</translation>
        </message>
        <message>
            <source>The system names no profile: the screen counts as sRGB.</source>
            <translation>Das System nennt kein Profil: der Bildschirm gilt als sRGB.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::PictureWindow</name>
        <message>
            <source>&amp;Turn</source>
            <translation>&amp;Drehen</translation>
        </message>
        <message>
            <source>By a quarter clockwise (R)</source>
            <translation>Um ein Viertel im Uhrzeigersinn (R)</translation>
        </message>
    </context>
    <context>
        <name>geneglass::PixelSizeDialog</name>
        <message>
            <source>Micrometres per pixel</source>
            <translation>Mikrometer je Pixel</translation>
        </message>
        <message>
            <source>How many &amp;micrometres is one pixel of the finest level wide?
About 0.25 for a 40× scan, 0.5 for a 20× scan.
It is remembered for this slide, whatever its file is called.</source>
            <translation>Wie viele &amp;Mikrometer ist ein Pixel der feinsten Stufe breit?
Etwa 0,25 bei einem 40×-Scan, 0,5 bei einem 20×-Scan.
Es wird für diesen Schnitt gemerkt, wie auch immer seine Datei heißt.</translation>
        </message>
        <message>
            <source>As the File Says</source>
            <translation>Wie die Datei sagt</translation>
        </message>
    </context>
    <context>
        <name>geneglass::PredictionStatus</name>
        <message>
            <source>about %1 s left</source>
            <translation>noch etwa %1 s</translation>
        </message>
        <message>
            <source>about %1 min left</source>
            <translation>noch etwa %1 min</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>State of the prediction</source>
            <translation>Stand der Vorhersage</translation>
        </message>
        <message>
            <source>Progress of the prediction</source>
            <translation>Fortschritt der Vorhersage</translation>
        </message>
        <message>
            <source>Cancel the prediction</source>
            <translation>Die Vorhersage abbrechen</translation>
        </message>
        <message>
            <source>Predicting</source>
            <translation>Vorhersage</translation>
        </message>
        <message>
            <source>Predicting: %1</source>
            <translation>Vorhersage: %1</translation>
        </message>
        <message>
            <source>, %1 of %2</source>
            <translation>, %1 von %2</translation>
        </message>
        <message>
            <source>, %1/s</source>
            <translation>, %1/s</translation>
        </message>
    </context>
    <context>
        <name>geneglass::PreferencesDialog</name>
        <message>
            <source>Preferences</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>What the preferences lack</source>
            <translation>Was an den Einstellungen fehlt</translation>
        </message>
        <message>
            <source>a quarter: %1</source>
            <translation>ein Viertel: %1</translation>
        </message>
        <message>
            <source> MiB</source>
            <translation> MiB</translation>
        </message>
        <message>
            <source>all %1 processors</source>
            <translation>alle %1 Prozessoren</translation>
        </message>
        <message>
            <source>&amp;Predict a slide as soon as it is open</source>
            <translation>Einen Schnitt &amp;vorhersagen, sobald er offen ist</translation>
        </message>
        <message>
            <source>Without it, F5 predicts the slide that is open.</source>
            <translation>Ohne das sagt F5 den geöffneten Schnitt vorher.</translation>
        </message>
        <message>
            <source>none</source>
            <translation>keine</translation>
        </message>
        <message>
            <source>&amp;Memory</source>
            <translation>&amp;Speicher</translation>
        </message>
        <message>
            <source>What tiles, textures and maps of all open slides take at most. %1</source>
            <translation>Was Kacheln, Texturen und Karten aller geöffneten Schnitte höchstens belegen. %1</translation>
        </message>
        <message>
            <source>&amp;Threads</source>
            <translation>&amp;Threads</translation>
        </message>
        <message>
            <source>Threads that read tiles and predict, from the next slide or prediction on.</source>
            <translation>Threads, die Kacheln lesen und vorhersagen, vom nächsten Schnitt oder der nächsten Vorhersage an.</translation>
        </message>
        <message>
            <source>&amp;Gene shown first</source>
            <translation>Zuerst gezeigtes &amp;Gen</translation>
        </message>
        <message>
            <source>The gene whose map a slide shows from the start, until another is chosen.</source>
            <translation>Das Gen, dessen Karte ein Schnitt von Anfang an zeigt, bis ein anderes gewählt wird.</translation>
        </message>
        <message>
            <source>Micrometres and millimetres</source>
            <translation>Mikrometer und Millimeter</translation>
        </message>
        <message>
            <source>Pixels of the slide</source>
            <translation>Pixel des Schnitts</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>Wie das System</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Dunkel</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Hell</translation>
        </message>
        <message>
            <source>&amp;Units</source>
            <translation>&amp;Einheiten</translation>
        </message>
        <message>
            <source>In what lengths, areas and positions are shown.</source>
            <translation>Worin Längen, Flächen und Orte gezeigt werden.</translation>
        </message>
        <message>
            <source>&amp;Language</source>
            <translation>S&amp;prache</translation>
        </message>
        <message>
            <source>The language of all texts and numbers. It changes after a restart.</source>
            <translation>Die Sprache aller Texte und Zahlen. Sie wechselt nach einem Neustart.</translation>
        </message>
        <message>
            <source>T&amp;heme</source>
            <translation>&amp;Farben</translation>
        </message>
        <message>
            <source>The colours of the window; the slide's stay as they are.</source>
            <translation>Die Farben des Fensters; die des Schnitts bleiben, wie sie sind.</translation>
        </message>
        <message>
            <source>The language changes after a restart.</source>
            <translation>Die Sprache wechselt nach einem Neustart.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::PretrainDialog</name>
        <message>
            <source>Pretrain an encoder</source>
            <translation>Einen Encoder vortrainieren</translation>
        </message>
        <message>
            <source>Pretrain</source>
            <translation>Vortrainieren</translation>
        </message>
        <message>
            <source>the recipe's</source>
            <translation>die des Rezepts</translation>
        </message>
        <message>
            <source>Start from</source>
            <translation>Beginnen mit</translation>
        </message>
        <message>
            <source>random weights</source>
            <translation>Zufallsgewichten</translation>
        </message>
        <message>
            <source>New encoder</source>
            <translation>Neuer Encoder</translation>
        </message>
        <message>
            <source>a folder that is not there yet</source>
            <translation>ein Ordner, den es noch nicht gibt</translation>
        </message>
        <message>
            <source>as the slides say</source>
            <translation>wie die Schnitte sagen</translation>
        </message>
        <message>
            <source>&amp;Learn from</source>
            <translation>&amp;Lernen aus</translation>
        </message>
        <message>
            <source>&amp;Recipe</source>
            <translation>&amp;Rezept</translation>
        </message>
        <message>
            <source>contrast and histcode2022 learn without labels to know a tile again among others; composition learns the tissues that 'geneglass-cli synth' planted.</source>
            <translation>contrast und histcode2022 lernen ohne Zielwerte, eine Kachel unter anderen wiederzuerkennen; composition lernt die Gewebe, die „geneglass-cli synth“ gepflanzt hat.</translation>
        </message>
        <message>
            <source>&amp;Encoder</source>
            <translation>&amp;Encoder</translation>
        </message>
        <message>
            <source>The network that turns a tile into features.</source>
            <translation>Das Netz, das aus einer Kachel Merkmale macht.</translation>
        </message>
        <message>
            <source>S&amp;tart from</source>
            <translation>&amp;Beginnen mit</translation>
        </message>
        <message>
            <source>A model's folder (with manifest.json) whose encoder is trained further and keeps its shape.</source>
            <translation>Ordner eines Modells (mit manifest.json), dessen Encoder weitertrainiert wird und seine Gestalt behält.</translation>
        </message>
        <message>
            <source>E&amp;pochs</source>
            <translation>&amp;Durchgänge</translation>
        </message>
        <message>
            <source>How many times each tile is seen.</source>
            <translation>Wie oft jede Kachel gesehen wird.</translation>
        </message>
        <message>
            <source>&amp;µm per pixel</source>
            <translation>&amp;µm je Pixel</translation>
        </message>
        <message>
            <source>Of slides that do not say how large their pixels are.</source>
            <translation>Von Schnitten, die nicht sagen, wie groß ihre Pixel sind.</translation>
        </message>
        <message>
            <source>See&amp;d</source>
            <translation>&amp;Zufallszahl</translation>
        </message>
        <message>
            <source>Of weights, views and order: the same seed, the same encoder.</source>
            <translation>Für Gewichte, Ansichten und Reihenfolge: dieselbe Zahl, derselbe Encoder.</translation>
        </message>
        <message>
            <source>&amp;New encoder</source>
            <translation>&amp;Neuer Encoder</translation>
        </message>
        <message>
            <source>The folder that the encoder is written to. Models &gt; Train a Model takes it from there.</source>
            <translation>Der Ordner, in den der Encoder geschrieben wird. Modelle &gt; Ein Modell trainieren nimmt ihn von dort.</translation>
        </message>
        <message>
            <source>Slides, folders of slides, and folders of PNG or JPEG tiles where there is no slide. They need no labels.</source>
            <translation>Schnitte, Ordner mit Schnitten, und Ordner mit PNG- oder JPEG-Kacheln ohne Schnitt. Sie brauchen keine Zielwerte.</translation>
        </message>
        <message>
            <source>Folders that 'geneglass-cli synth' made: each slide with its NAME.truth.h5.</source>
            <translation>Ordner, die „geneglass-cli synth“ angelegt hat: jeder Schnitt mit seiner NAME.truth.h5.</translation>
        </message>
        <message>
            <source>Add slides, or a folder of them, to learn from.</source>
            <translation>Schnitte oder einen Ordner davon hinzufügen, aus denen gelernt wird.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::PretrainingChart</name>
        <message>
            <source>Loss and accuracy of nearest neighbours by step</source>
            <translation>Verlust und Treffsicherheit der nächsten Nachbarn je Schritt</translation>
        </message>
        <message>
            <source>loss</source>
            <translation>Verlust</translation>
        </message>
        <message>
            <source>neighbours of the class, %</source>
            <translation>Nachbarn der Klasse, %</translation>
        </message>
        <message>
            <source>step</source>
            <translation>Schritt</translation>
        </message>
        <message>
            <source>Measured at the end of an epoch, where tiles of known class are there.</source>
            <translation>Am Ende eines Durchgangs gemessen, wo Kacheln bekannter Klasse vorliegen.</translation>
        </message>
        <message>
            <source>No step has been told yet.</source>
            <translation>Noch kein Schritt ist gemeldet.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::RegionPanel</name>
        <message>
            <source>What is selected</source>
            <translation>Was ausgewählt ist</translation>
        </message>
        <message>
            <source>&amp;Compare</source>
            <translation>&amp;Vergleichen</translation>
        </message>
        <message>
            <source>Export C&amp;SV…</source>
            <translation>C&amp;SV exportieren …</translation>
        </message>
        <message>
            <source>Add to &amp;Report</source>
            <translation>In den Ber&amp;icht</translation>
        </message>
        <message>
            <source>Region A</source>
            <translation>Gebiet A</translation>
        </message>
        <message>
            <source>Region B</source>
            <translation>Gebiet B</translation>
        </message>
        <message>
            <source>Genes of the compared regions</source>
            <translation>Gene der verglichenen Gebiete</translation>
        </message>
        <message>
            <source>Region &amp;A</source>
            <translation>Gebiet &amp;A</translation>
        </message>
        <message>
            <source>against &amp;B</source>
            <translation>gegen &amp;B</translation>
        </message>
        <message>
            <source>Rest of the tissue</source>
            <translation>Übriges Gewebe</translation>
        </message>
        <message>
            <source>&amp;Cancel</source>
            <translation>Abbre&amp;chen</translation>
        </message>
        <message>
            <source>Draw areas and give them classes, or select some; then compare what is predicted in them.</source>
            <translation>Flächen zeichnen und ihnen Klassen geben, oder einige auswählen; dann vergleichen, was in ihnen vorhergesagt ist.</translation>
        </message>
        <message>
            <source>A: %1</source>
            <translation>A: %1</translation>
        </message>
        <message>
            <source>B: %1</source>
            <translation>B: %1</translation>
        </message>
        <message>
            <source>Made with %1 %2, which is not what the slide is predicted with now.</source>
            <translation>Mit %1 %2 gemacht, womit der Schnitt jetzt nicht vorhergesagt ist.</translation>
        </message>
        <message>
            <source>The annotations have changed since.</source>
            <translation>Die Annotationen haben sich seither geändert.</translation>
        </message>
        <message>
            <source>Without “%1” the slide's %2 would be %3 instead of %4.</source>
            <translation>Ohne „%1“ wäre %2 des Schnitts %3 statt %4.</translation>
        </message>
        <message>
            <source>Export the Region Table</source>
            <translation>Die Tabelle der Gebiete exportieren</translation>
        </message>
        <message>
            <source>CSV table (*.csv)</source>
            <translation>CSV-Tabelle (*.csv)</translation>
        </message>
        <message>
            <source>Saved %1</source>
            <translation>%1 gespeichert</translation>
        </message>
        <message>
            <source>Add Region Table to Report</source>
            <translation>Tabelle der Gebiete in den Bericht</translation>
        </message>
        <message numerus="yes">
            <source>The report has %n region table(s).</source>
            <translation>
                <numerusform>Der Bericht hat %n Tabelle von Gebieten.</numerusform>
                <numerusform>Der Bericht hat %n Tabellen von Gebieten.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>geneglass::RegionTable</name>
        <message>
            <source>A region is too small for an interval.</source>
            <translation>Ein Gebiet ist für ein Intervall zu klein.</translation>
        </message>
        <message>
            <source>p %1, q %2 over the genes; both from squares of tiles, as the interval</source>
            <translation>p %1, q %2 über die Gene; beide aus Quadraten von Kacheln, wie das Intervall</translation>
        </message>
        <message>
            <source>Gene</source>
            <translation>Gen</translation>
        </message>
        <message>
            <source>r [95 % CI]</source>
            <translation>r [95-%-KI]</translation>
        </message>
        <message>
            <source>A</source>
            <translation>A</translation>
        </message>
        <message>
            <source>B</source>
            <translation>B</translation>
        </message>
        <message>
            <source>A − B</source>
            <translation>A − B</translation>
        </message>
        <message>
            <source>95 % CI</source>
            <translation>95-%-KI</translation>
        </message>
        <message>
            <source>Effect</source>
            <translation>Effekt</translation>
        </message>
        <message>
            <source>q</source>
            <translation>q</translation>
        </message>
        <message>
            <source>Hot A</source>
            <translation>Hotspot A</translation>
        </message>
        <message>
            <source>Hot B</source>
            <translation>Hotspot B</translation>
        </message>
        <message>
            <source>Slide</source>
            <translation>Schnitt</translation>
        </message>
        <message>
            <source>Without A</source>
            <translation>Ohne A</translation>
        </message>
        <message>
            <source>Symbol of the gene; a click shows its map</source>
            <translation>Symbol des Gens; ein Klick zeigt seine Karte</translation>
        </message>
        <message>
            <source>Held-out correlation of the gene: predicted against measured in cases the model never saw</source>
            <translation>Korrelation des Gens an Prüffällen: vorhergesagt gegen gemessen in Fällen, die das Modell nie sah</translation>
        </message>
        <message>
            <source>Mean over the tiles of region A, in the unit of the training labels</source>
            <translation>Mittel über die Kacheln von Gebiet A, in der Einheit der Zielwerte des Trainings</translation>
        </message>
        <message>
            <source>Mean over the tiles of region B</source>
            <translation>Mittel über die Kacheln von Gebiet B</translation>
        </message>
        <message>
            <source>Difference of the means</source>
            <translation>Unterschied der Mittel</translation>
        </message>
        <message>
            <source>Interval of the difference, from drawing squares of 5 × 5 tiles</source>
            <translation>Intervall des Unterschieds, aus dem Ziehen von Quadraten von 5 × 5 Kacheln</translation>
        </message>
        <message>
            <source>The difference over the pooled standard deviation of the tiles</source>
            <translation>Der Unterschied, geteilt durch die gemeinsame Standardabweichung der Kacheln</translation>
        </message>
        <message>
            <source>Share of false discoveries among the genes up to here (Benjamini-Hochberg)</source>
            <translation>Anteil falscher Entdeckungen unter den Genen bis hierher (Benjamini-Hochberg)</translation>
        </message>
        <message>
            <source>Share of region A that is a hotspot of the gene</source>
            <translation>Anteil von Gebiet A, der Hotspot des Gens ist</translation>
        </message>
        <message>
            <source>Share of region B that is a hotspot of the gene</source>
            <translation>Anteil von Gebiet B, der Hotspot des Gens ist</translation>
        </message>
        <message>
            <source>What the whole slide is said to be</source>
            <translation>Was vom ganzen Schnitt gesagt wird</translation>
        </message>
        <message>
            <source>What the slide would be said to be without region A</source>
            <translation>Was vom Schnitt ohne Gebiet A gesagt würde</translation>
        </message>
    </context>
    <context>
        <name>geneglass::ReportDialog</name>
        <message>
            <source>Show the &amp;label and what the slide's file says of the patient</source>
            <translation>Das &amp;Etikett und was die Datei des Schnitts vom Patienten sagt, zeigen</translation>
        </message>
        <message>
            <source>&amp;Anonymise: leave out what names the patient</source>
            <translation>&amp;Anonymisieren: weglassen, was den Patienten nennt</translation>
        </message>
        <message>
            <source>Report</source>
            <translation>Bericht</translation>
        </message>
        <message>
            <source>Print the Report</source>
            <translation>Bericht drucken</translation>
        </message>
        <message>
            <source>Print…</source>
            <translation>Drucken …</translation>
        </message>
        <message>
            <source>A4</source>
            <translation>A4</translation>
        </message>
        <message>
            <source>Letter</source>
            <translation>Letter</translation>
        </message>
        <message>
            <source>All genes</source>
            <translation>Alle Gene</translation>
        </message>
        <message>
            <source>Those shown and the best predicted</source>
            <translation>Die gezeigten und die am besten vorhergesagten</translation>
        </message>
        <message>
            <source>&amp;Institution</source>
            <translation>E&amp;inrichtung</translation>
        </message>
        <message>
            <source>Case i&amp;d</source>
            <translation>Fall&amp;nummer</translation>
        </message>
        <message>
            <source>&amp;Findings</source>
            <translation>&amp;Befunde</translation>
        </message>
        <message>
            <source>&amp;Sections</source>
            <translation>Abs&amp;chnitte</translation>
        </message>
        <message>
            <source>&amp;Paper</source>
            <translation>&amp;Papier</translation>
        </message>
        <message>
            <source>&amp;Gene table</source>
            <translation>&amp;Gentabelle</translation>
        </message>
        <message>
            <source>New case ids &amp;begin with</source>
            <translation>Neue &amp;Fallnummern beginnen mit</translation>
        </message>
        <message>
            <source>Template</source>
            <translation>Vorlage</translation>
        </message>
        <message>
            <source>Save As…</source>
            <translation>Speichern unter …</translation>
        </message>
        <message>
            <source>Institution</source>
            <translation>Einrichtung</translation>
        </message>
        <message>
            <source>Case id</source>
            <translation>Fallnummer</translation>
        </message>
        <message>
            <source>Beginning of new case ids</source>
            <translation>Beginn neuer Fallnummern</translation>
        </message>
        <message>
            <source>Findings</source>
            <translation>Befunde</translation>
        </message>
        <message>
            <source>Sa&amp;ve…</source>
            <translation>&amp;Speichern …</translation>
        </message>
        <message>
            <source>Save this template</source>
            <translation>Diese Vorlage speichern</translation>
        </message>
        <message>
            <source>Load a template</source>
            <translation>Eine Vorlage laden</translation>
        </message>
        <message>
            <source>What became of the template</source>
            <translation>Was aus der Vorlage wurde</translation>
        </message>
        <message>
            <source>Save the template</source>
            <translation>Die Vorlage speichern</translation>
        </message>
        <message>
            <source>Report template (*.json)</source>
            <translation>Berichtsvorlage (*.json)</translation>
        </message>
        <message>
            <source>Saved as %1</source>
            <translation>Gespeichert als %1</translation>
        </message>
        <message>
            <source>Sections of the report, in their order</source>
            <translation>Abschnitte des Berichts in ihrer Reihenfolge</translation>
        </message>
        <message>
            <source>&amp;Up</source>
            <translation>&amp;Hoch</translation>
        </message>
        <message>
            <source>Do&amp;wn</source>
            <translation>R&amp;unter</translation>
        </message>
        <message>
            <source>What names the patient</source>
            <translation>Was den Patienten nennt</translation>
        </message>
        <message>
            <source>As it is</source>
            <translation>Wie es ist</translation>
        </message>
        <message>
            <source>Findings, captions and names of annotations are yours: of them, only the words of this list are left out, and nothing of what is painted in the tray's pictures.</source>
            <translation>Befunde, Bildunterschriften und Namen von Annotationen sind Ihre: davon werden nur die Wörter dieser Liste weggelassen, und nichts von dem, was in die Bilder der Ablage gemalt ist.</translation>
        </message>
        <message>
            <source>Label</source>
            <translation>Etikett</translation>
        </message>
        <message>
            <source>a picture in the slide's file</source>
            <translation>ein Bild in der Datei des Schnitts</translation>
        </message>
        <message>
            <source>Slide's file</source>
            <translation>Datei des Schnitts</translation>
        </message>
        <message>
            <source>being read…</source>
            <translation>wird gelesen …</translation>
        </message>
        <message>
            <source>L&amp;oad…</source>
            <translation>&amp;Laden …</translation>
        </message>
    </context>
    <context>
        <name>geneglass::ReportOpener</name>
        <message>
            <source>Cannot open “%1”: %2.</source>
            <translation>„%1“ lässt sich nicht öffnen: %2.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::ScaleBarPlugin</name>
        <message>
            <source>The pixel size of '%1' is unknown: enter it in micrometres per pixel for a scale bar.</source>
            <translation>Die Pixelgröße von „%1“ ist unbekannt: geben Sie sie für einen Maßstab in Mikrometern pro Pixel ein.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::SeriesDialog</name>
        <message>
            <source>Save a snapshot of each gene</source>
            <translation>Einen Schnappschuss jedes Gens speichern</translation>
        </message>
        <message>
            <source>Genes</source>
            <translation>Gene</translation>
        </message>
        <message>
            <source>%1 (cannot be predicted)</source>
            <translation>%1 (nicht vorhersagbar)</translation>
        </message>
        <message>
            <source>Names of the files</source>
            <translation>Namen der Dateien</translation>
        </message>
        <message>
            <source>Choose the Folder…</source>
            <translation>Ordner wählen …</translation>
        </message>
        <message>
            <source>&amp;Genes</source>
            <translation>&amp;Gene</translation>
        </message>
        <message>
            <source>&amp;Names</source>
            <translation>&amp;Namen</translation>
        </message>
        <message>
            <source>No gene is chosen. Ctrl+A chooses all.</source>
            <translation>Kein Gen ist gewählt. Strg+A wählt alle.</translation>
        </message>
        <message numerus="yes">
            <source>%n files, %1 first</source>
            <translation>
                <numerusform>%n Datei, zuerst %1</numerusform>
                <numerusform>%n Dateien, zuerst %1</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>geneglass::SlideBrowser</name>
        <message>
            <source>&amp;Next Slide of the List</source>
            <translation>&amp;Nächster Schnitt der Liste</translation>
        </message>
        <message>
            <source>&amp;Previous Slide of the List</source>
            <translation>&amp;Voriger Schnitt der Liste</translation>
        </message>
        <message>
            <source>List a Fol&amp;der…</source>
            <translation>Einen &amp;Ordner auflisten …</translation>
        </message>
        <message>
            <source>List a Mani&amp;fest…</source>
            <translation>Ein Mani&amp;fest auflisten …</translation>
        </message>
    </context>
    <context>
        <name>geneglass::SlideCanvas</name>
        <message>
            <source>Slide</source>
            <translation>Schnitt</translation>
        </message>
        <message>
            <source>The slide under the microscope. Arrows pan, plus and minus magnify, F fits.</source>
            <translation>Der Schnitt unter dem Mikroskop. Pfeile verschieben, Plus und Minus vergrößern und verkleinern, F passt ein.</translation>
        </message>
        <message>
            <source>Open a slide, or drop one here.</source>
            <translation>Einen Schnitt öffnen oder hier ablegen.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::SlideList</name>
        <message>
            <source>not looked at yet</source>
            <translation>noch nicht angesehen</translation>
        </message>
        <message>
            <source>predicting</source>
            <translation>wird vorhergesagt</translation>
        </message>
        <message>
            <source>predicted</source>
            <translation>vorhergesagt</translation>
        </message>
        <message>
            <source>cannot be opened</source>
            <translation>lässt sich nicht öffnen</translation>
        </message>
        <message>
            <source>not predicted</source>
            <translation>nicht vorhergesagt</translation>
        </message>
        <message>
            <source>pixel size unknown</source>
            <translation>Pixelgröße unbekannt</translation>
        </message>
        <message>
            <source>partly predicted: %1 of %2 tiles</source>
            <translation>teils vorhergesagt: %1 von %2 Kacheln</translation>
        </message>
    </context>
    <context>
        <name>geneglass::SlideListPanel</name>
        <message>
            <source>No folder is listed yet.</source>
            <translation>Noch kein Ordner ist aufgelistet.</translation>
        </message>
        <message>
            <source>Slides</source>
            <translation>Schnitte</translation>
        </message>
        <message>
            <source>What the list is of</source>
            <translation>Wovon die Liste ist</translation>
        </message>
        <message>
            <source>Folder…</source>
            <translation>Ordner …</translation>
        </message>
        <message>
            <source>List the slides of a folder</source>
            <translation>Die Schnitte eines Ordners auflisten</translation>
        </message>
        <message>
            <source>Manifest…</source>
            <translation>Manifest …</translation>
        </message>
        <message>
            <source>List the slides of a manifest</source>
            <translation>Die Schnitte eines Manifests auflisten</translation>
        </message>
        <message>
            <source>A CSV with a column “slide” and, optional, “name” and “mpp”; a cohort will do</source>
            <translation>Eine CSV-Tabelle mit einer Spalte „slide“ und, wenn gewünscht, „name“ und „mpp“; eine Kohorte genügt</translation>
        </message>
        <message>
            <source>A folder of slides</source>
            <translation>Ein Ordner mit Schnitten</translation>
        </message>
        <message>
            <source>A manifest: a table with a column “slide”</source>
            <translation>Ein Manifest: eine Tabelle mit einer Spalte „slide“</translation>
        </message>
        <message>
            <source>Tables (*.csv *.tsv)</source>
            <translation>Tabellen (*.csv *.tsv)</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>Alle Dateien (*)</translation>
        </message>
        <message>
            <source>1 slide of %1</source>
            <translation>1 Schnitt aus %1</translation>
        </message>
        <message>
            <source>%1 slides of %2</source>
            <translation>%1 Schnitte aus %2</translation>
        </message>
        <message>
            <source>No slides are listed: open one, or choose a folder in the panel Slides.</source>
            <translation>Keine Schnitte sind aufgelistet: einen öffnen, oder im Bedienfeld Schnitte einen Ordner wählen.</translation>
        </message>
        <message>
            <source>This is the first slide of the list.</source>
            <translation>Das ist der erste Schnitt der Liste.</translation>
        </message>
        <message>
            <source>This is the last slide of the list.</source>
            <translation>Das ist der letzte Schnitt der Liste.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::SlidePane</name>
        <message>
            <source>Slide shown here</source>
            <translation>Hier gezeigter Schnitt</translation>
        </message>
        <message>
            <source>Slide</source>
            <translation>Schnitt</translation>
        </message>
        <message>
            <source>Overview map</source>
            <translation>Übersichtskarte</translation>
        </message>
        <message>
            <source>There is no prediction of this slide yet.</source>
            <translation>Zu diesem Schnitt gibt es noch keine Vorhersage.</translation>
        </message>
        <message>
            <source>The prediction is running.</source>
            <translation>Die Vorhersage läuft.</translation>
        </message>
        <message>
            <source>The prediction was cancelled. F5 starts it again.</source>
            <translation>Die Vorhersage wurde abgebrochen. F5 startet sie erneut.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::SlideQualityPlugin</name>
        <message>
            <source>The tissue on this slide has not been found yet.</source>
            <translation>Das Gewebe auf diesem Schnitt ist noch nicht gefunden.</translation>
        </message>
        <message>
            <source>No pen marks were found on this slide. Blur is looked for where it is predicted with pixels of at most 1.1 µm; folds are not.</source>
            <translation>Auf diesem Schnitt wurden keine Stiftspuren gefunden. Nach Unschärfe wird gesucht, wo er mit Pixeln von höchstens 1,1 µm vorhergesagt ist; nach Falten nicht.</translation>
        </message>
        <message>
            <source>No pen marks and no tiles out of focus were found. Folds are not looked for.</source>
            <translation>Es wurden keine Stiftspuren und keine unscharfen Kacheln gefunden. Nach Falten wird nicht gesucht.</translation>
        </message>
        <message>
            <source>The pen marks of '%1' are damaged.</source>
            <translation>Die Stiftspuren von „%1“ sind beschädigt.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::SlideSession</name>
        <message>
            <source>The model “%1” does not predict the gene “%2”.</source>
            <translation>Das Modell „%1“ sagt das Gen „%2“ nicht vorher.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::SnapshotDesk</name>
        <message numerus="yes">
            <source>Saved %n snapshot(s).</source>
            <translation>
                <numerusform>%n Schnappschuss gespeichert.</numerusform>
                <numerusform>%n Schnappschüsse gespeichert.</numerusform>
            </translation>
        </message>
        <message>
            <source>Saved %1 of %2 snapshots.</source>
            <translation>%1 von %2 Schnappschüssen gespeichert.</translation>
        </message>
        <message>
            <source>Save a snapshot of the view</source>
            <translation>Einen Schnappschuss der Ansicht speichern</translation>
        </message>
        <message>
            <source>Pictures (*.%1)</source>
            <translation>Bilder (*.%1)</translation>
        </message>
        <message>
            <source>the picture</source>
            <translation>das Bild</translation>
        </message>
        <message>
            <source>Copied a picture of %1 × %2 pixels.</source>
            <translation>Ein Bild von %1 × %2 Pixeln wurde kopiert.</translation>
        </message>
        <message>
            <source>The case of this slide is being opened: a snapshot can be taken in a moment.</source>
            <translation>Der Fall dieses Schnitts wird gerade geöffnet: gleich kann ein Schnappschuss aufgenommen werden.</translation>
        </message>
        <message>
            <source>the snapshot</source>
            <translation>der Schnappschuss</translation>
        </message>
        <message>
            <source>Taken into the tray.</source>
            <translation>In die Ablage genommen.</translation>
        </message>
        <message>
            <source>Save this snapshot</source>
            <translation>Diesen Schnappschuss speichern</translation>
        </message>
        <message>
            <source>JPEG picture (*.jpg)</source>
            <translation>JPEG-Bild (*.jpg)</translation>
        </message>
        <message>
            <source>There is no prediction for this slide yet, so there is no map to save.</source>
            <translation>Zu diesem Schnitt gibt es noch keine Vorhersage, also keine Karte zum Speichern.</translation>
        </message>
        <message>
            <source>The folder of the snapshots</source>
            <translation>Der Ordner der Schnappschüsse</translation>
        </message>
        <message>
            <source>There are no annotations on this slide yet, so there is none to save.</source>
            <translation>Auf diesem Schnitt gibt es noch keine Annotationen, also keine zum Speichern.</translation>
        </message>
        <message>
            <source>Another slide is open since: nothing was saved.</source>
            <translation>Inzwischen ist ein anderer Schnitt geöffnet: nichts wurde gespeichert.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::SnapshotDialog</name>
        <message>
            <source>&amp;Annotations</source>
            <translation>A&amp;nnotationen</translation>
        </message>
        <message>
            <source>&amp;Legend of the map</source>
            <translation>&amp;Legende der Karte</translation>
        </message>
        <message>
            <source>&amp;Scale bar</source>
            <translation>&amp;Maßstab</translation>
        </message>
        <message>
            <source>&amp;Title and model, beneath</source>
            <translation>&amp;Titel und Modell darunter</translation>
        </message>
        <message>
            <source>&amp;Orientation of the slide</source>
            <translation>&amp;Ausrichtung des Schnitts</translation>
        </message>
        <message>
            <source>O&amp;verview of the slide</source>
            <translation>Ü&amp;bersicht des Schnitts</translation>
        </message>
        <message>
            <source>Save a snapshot of the view</source>
            <translation>Einen Schnappschuss der Ansicht speichern</translation>
        </message>
        <message>
            <source>PNG, without loss</source>
            <translation>PNG, ohne Verlust</translation>
        </message>
        <message>
            <source>JPEG, small</source>
            <translation>JPEG, klein</translation>
        </message>
        <message>
            <source>TIFF, for other programs</source>
            <translation>TIFF, für andere Programme</translation>
        </message>
        <message>
            <source>SVG, annotations as lines</source>
            <translation>SVG, Annotationen als Linien</translation>
        </message>
        <message>
            <source>As on the screen</source>
            <translation>Wie auf dem Bildschirm</translation>
        </message>
        <message>
            <source>Twice the screen</source>
            <translation>Doppelter Bildschirm</translation>
        </message>
        <message>
            <source>By its longer side</source>
            <translation>Nach der längeren Seite</translation>
        </message>
        <message>
            <source>By the slide's pixels</source>
            <translation>Nach den Pixeln des Schnitts</translation>
        </message>
        <message>
            <source> pixels</source>
            <translation> Pixel</translation>
        </message>
        <message>
            <source>1 : </source>
            <translation>1 : </translation>
        </message>
        <message>
            <source>Format</source>
            <translation>Format</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message>
            <source>Longer side</source>
            <translation>Längere Seite</translation>
        </message>
        <message>
            <source>Slide pixels per pixel</source>
            <translation>Schnittpixel je Pixel</translation>
        </message>
        <message>
            <source>How large it will be</source>
            <translation>Wie groß es wird</translation>
        </message>
        <message>
            <source>&amp;Format</source>
            <translation>&amp;Format</translation>
        </message>
        <message>
            <source>Si&amp;ze</source>
            <translation>&amp;Größe</translation>
        </message>
        <message>
            <source>Longer si&amp;de</source>
            <translation>Längere S&amp;eite</translation>
        </message>
        <message>
            <source>Slide &amp;pixels</source>
            <translation>Schnitt&amp;pixel</translation>
        </message>
        <message>
            <source>With</source>
            <translation>Mit</translation>
        </message>
        <message>
            <source>The whole slide, small, with the outline of the view; not where all of it is in view anyway</source>
            <translation>Der ganze Schnitt, klein, mit dem Umriss der Ansicht; nicht, wo ohnehin alles zu sehen ist</translation>
        </message>
        <message>
            <source>Save…</source>
            <translation>Speichern …</translation>
        </message>
        <message>
            <source>%1 × %2 pixels, %3. The file will have about %4, twice as much or half as much by what is shown; at most %5 of memory are taken meanwhile.</source>
            <translation>%1 × %2 Pixel, %3. Die Datei wird etwa %4 haben, je nach Gezeigtem doppelt oder halb so viel; unterdessen werden höchstens %5 Speicher belegt.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::SnapshotSeries</name>
        <message>
            <source>%1 cannot be predicted by this model.</source>
            <translation>%1 kann dieses Modell nicht vorhersagen.</translation>
        </message>
        <message>
            <source>%1 is provisional: %2.</source>
            <translation>%1 ist vorläufig: %2.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::SourceList</name>
        <message>
            <source>Remo&amp;ve</source>
            <translation>En&amp;tfernen</translation>
        </message>
        <message>
            <source>Slides and folders</source>
            <translation>Schnitte und Ordner</translation>
        </message>
        <message>
            <source>Add &amp;Folder…</source>
            <translation>&amp;Ordner hinzufügen …</translation>
        </message>
        <message>
            <source>Add &amp;Slides…</source>
            <translation>&amp;Schnitte hinzufügen …</translation>
        </message>
        <message>
            <source>Choose a folder of slides or pictures</source>
            <translation>Einen Ordner mit Schnitten oder Bildern wählen</translation>
        </message>
        <message>
            <source>Choose slides</source>
            <translation>Schnitte wählen</translation>
        </message>
    </context>
    <context>
        <name>geneglass::SpotDifferencePlugin</name>
        <message>
            <source>%1 measured minus predicted, %2</source>
            <translation>%1 gemessen minus vorhergesagt, %2</translation>
        </message>
        <message>
            <source>standard deviations</source>
            <translation>Standardabweichungen</translation>
        </message>
        <message>
            <source>%1 is the same at all spots, measured or predicted: there is no difference.</source>
            <translation>%1 ist an allen Spots gleich, gemessen oder vorhergesagt: es gibt keinen Unterschied.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::SpotScatter</name>
        <message>
            <source>%1 at %2 measured spots</source>
            <translation>%1 an %2 gemessenen Spots</translation>
        </message>
        <message>
            <source>: r not defined</source>
            <translation>: r nicht definiert</translation>
        </message>
        <message>
            <source>: r %1</source>
            <translation>: r %1</translation>
        </message>
        <message>
            <source>, counted in too few for an interval</source>
            <translation>, in zu wenigen gezählt für ein Intervall</translation>
        </message>
        <message>
            <source>, 95 % interval %1 to %2</source>
            <translation>, 95-%-Intervall %1 bis %2</translation>
        </message>
        <message>
            <source>The chosen gene measured against predicted, at the measured spots</source>
            <translation>Das gewählte Gen, gemessen gegen vorhergesagt, an den gemessenen Spots</translation>
        </message>
        <message>
            <source>measured</source>
            <translation>gemessen</translation>
        </message>
        <message>
            <source>Choose a gene to see what was measured of it.</source>
            <translation>Ein Gen wählen, um zu sehen, was davon gemessen wurde.</translation>
        </message>
        <message>
            <source>%1 was not measured: “%2” does not count it.</source>
            <translation>%1 wurde nicht gemessen: „%2“ zählt es nicht.</translation>
        </message>
        <message>
            <source>Measured spots</source>
            <translation>Gemessene Spots</translation>
        </message>
        <message>
            <source>predicted</source>
            <translation>vorhergesagt</translation>
        </message>
        <message>
            <source>predicted, %1</source>
            <translation>vorhergesagt, %1</translation>
        </message>
    </context>
    <context>
        <name>geneglass::StandingChart</name>
        <message>
            <source>%1 cannot be predicted by this model.</source>
            <translation>%1 kann dieses Modell nicht vorhersagen.</translation>
        </message>
        <message>
            <source>The predicted value among the training's predictions</source>
            <translation>Der vorhergesagte Wert unter den Vorhersagen des Trainings</translation>
        </message>
        <message>
            <source>density</source>
            <translation>Dichte</translation>
        </message>
        <message>
            <source>Withheld: this tissue is unlike the training tissue.</source>
            <translation>Zurückgehalten: dieses Gewebe gleicht dem des Trainings nicht.</translation>
        </message>
        <message>
            <source>The model does not say what it predicted in training.</source>
            <translation>Das Modell sagt nicht, was es im Training vorhergesagt hat.</translation>
        </message>
        <message>
            <source>%1 has not been read yet.</source>
            <translation>%1 ist noch nicht gelesen.</translation>
        </message>
        <message>
            <source>%1 predicted %2 ± %3 %4 (one expected error), percentile %5 of the predictions for cases not learnt from; held-out r %6 [%7, %8]</source>
            <translation>%1 vorhergesagt %2 ± %3 %4 (ein erwarteter Fehler), Perzentil %5 der Vorhersagen für Fälle, aus denen nicht gelernt wurde; r an Prüffällen %6 [%7, %8]</translation>
        </message>
    </context>
    <context>
        <name>geneglass::StartCheck</name>
        <message>
            <source>Whether it can begin</source>
            <translation>Ob es beginnen kann</translation>
        </message>
    </context>
    <context>
        <name>geneglass::SubtypeCalling</name>
        <message>
            <source>There is no whole prediction to call a subtype of yet: it is called when there is one.</source>
            <translation>Es gibt noch keine ganze Vorhersage, deren Subtyp zu bestimmen wäre: er wird bestimmt, sobald es sie gibt.</translation>
        </message>
        <message>
            <source>No subtype is called: this tissue is unlike what the model learnt from.</source>
            <translation>Kein Subtyp wird bestimmt: dieses Gewebe gleicht dem nicht, aus dem das Modell gelernt hat.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::SubtypeChart</name>
        <message>
            <source>Predicted genes by subtype</source>
            <translation>Vorhergesagte Gene nach Subtyp</translation>
        </message>
        <message>
            <source>Predicted genes by subtype, in standard deviations of the training labels from their mean. Whisker: expected error √(1 − r²), r held out. Hollow: not predictable.</source>
            <translation>Vorhergesagte Gene nach Subtyp, in Standardabweichungen der Zielwerte des Trainings von ihrem Mittel. Strich: erwarteter Fehler √(1 − r²), r an Prüffällen. Hohl: nicht vorhersagbar.</translation>
        </message>
        <message>
            <source> Thick: how far the models of the training's folds lie apart (one standard deviation).</source>
            <translation> Dick: wie weit die Modelle der Teile des Trainings auseinanderliegen (eine Standardabweichung).</translation>
        </message>
        <message>
            <source>No prediction yet</source>
            <translation>Noch keine Vorhersage</translation>
        </message>
        <message>
            <source>other</source>
            <translation>andere</translation>
        </message>
        <message>
            <source>%1: %2 ± %3</source>
            <translation>%1: %2 ± %3</translation>
        </message>
        <message>
            <source>; fold models differ by %1</source>
            <translation>; Modelle der Teile weichen um %1 ab</translation>
        </message>
    </context>
    <context>
        <name>geneglass::TileClassesPlugin</name>
        <message>
            <source>Opacity</source>
            <translation>Deckkraft</translation>
        </message>
        <message>
            <source>Classes</source>
            <translation>Klassen</translation>
        </message>
        <message>
            <source>This model tells no classes of tiles apart; Slide &gt; Subtype by Templates does, by marker genes.</source>
            <translation>Dieses Modell unterscheidet keine Klassen von Kacheln; Schnitt &gt; Subtyp nach Vorlagen tut es, nach Markergenen.</translation>
        </message>
        <message>
            <source>Its tiles overlap without a lattice: a place has no one class.</source>
            <translation>Seine Kacheln überlappen ohne Gitter: eine Stelle hat nicht eine Klasse.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::TileGalleryPanel</name>
        <message>
            <source>What the gallery shows</source>
            <translation>Was die Galerie zeigt</translation>
        </message>
        <message>
            <source>Tiles of highest attention, low to high expression</source>
            <translation>Kacheln höchster Aufmerksamkeit, von niedriger zu hoher Expression</translation>
        </message>
        <message>
            <source>What the prediction of %1 (held-out r %2) looks at: its %3 tiles of highest attention, from low to high expression. Below each: expression estimate (%4), attention (1× = uniform).</source>
            <translation>Worauf die Vorhersage von %1 (r an Prüffällen %2) schaut: ihre %3 Kacheln höchster Aufmerksamkeit, von niedriger zu hoher Expression. Unter jeder: geschätzte Expression (%4), Aufmerksamkeit (1× = gleichmäßig).</translation>
        </message>
        <message>
            <source>What moves the prediction of %1 (held-out r %2) most: the %3 tiles farthest from the training mean, from low to high expression. Below each: expression estimate (%4).</source>
            <translation>Was die Vorhersage von %1 (r an Prüffällen %2) am meisten bewegt: die %3 Kacheln, die vom Mittel des Trainings am weitesten entfernt sind, von niedriger zu hoher Expression. Unter jeder: geschätzte Expression (%4).</translation>
        </message>
        <message>
            <source>This tile cannot be read.</source>
            <translation>Diese Kachel ist nicht lesbar.</translation>
        </message>
        <message>
            <source>Go there</source>
            <translation>Dorthin gehen</translation>
        </message>
    </context>
    <context>
        <name>geneglass::TissuePlugin</name>
        <message>
            <source>The tissue on this slide has not been found yet.</source>
            <translation>Das Gewebe auf diesem Schnitt ist noch nicht gefunden.</translation>
        </message>
        <message>
            <source>The tissue mask of '%1' is damaged.</source>
            <translation>Die Gewebemaske von „%1“ ist beschädigt.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::TrainingChart</name>
        <message>
            <source>all cases</source>
            <translation>alle Fälle</translation>
        </message>
        <message>
            <source>fold %1</source>
            <translation>Teil %1</translation>
        </message>
        <message>
            <source>Loss and held-out r of each epoch</source>
            <translation>Verlust und r an Prüffällen je Durchgang</translation>
        </message>
        <message>
            <source>loss: training – –, validation ——</source>
            <translation>Verlust: Training – –, Prüfung ——</translation>
        </message>
        <message>
            <source>held-out r</source>
            <translation>r an Prüffällen</translation>
        </message>
        <message>
            <source>epoch</source>
            <translation>Durchgang</translation>
        </message>
        <message>
            <source>No epoch has ended yet.</source>
            <translation>Noch kein Durchgang ist beendet.</translation>
        </message>
        <message>
            <source>: r %1</source>
            <translation>: r %1</translation>
        </message>
        <message>
            <source>, epoch %1</source>
            <translation>, Durchgang %1</translation>
        </message>
    </context>
    <context>
        <name>geneglass::TrainingDialog</name>
        <message>
            <source>Train a model</source>
            <translation>Ein Modell trainieren</translation>
        </message>
        <message>
            <source>&amp;Add the diagnosis to this model and keep its genes</source>
            <translation>&amp;Die Diagnose zu diesem Modell hinzufügen und seine Gene behalten</translation>
        </message>
        <message>
            <source>Train</source>
            <translation>Trainieren</translation>
        </message>
        <message>
            <source>Gene expression</source>
            <translation>Genexpression</translation>
        </message>
        <message>
            <source>Diagnosis: classes of slides</source>
            <translation>Diagnose: Klassen von Schnitten</translation>
        </message>
        <message>
            <source>Cohort</source>
            <translation>Kohorte</translation>
        </message>
        <message>
            <source>&amp;Learn</source>
            <translation>&amp;Lernen</translation>
        </message>
        <message>
            <source>Gene expression: a value of each gene for a case. Diagnosis: which class a slide is of, as tumour or normal, and where that shows.</source>
            <translation>Genexpression: ein Wert jedes Gens je Fall. Diagnose: von welcher Klasse ein Schnitt ist, etwa Tumor oder normal, und wo sich das zeigt.</translation>
        </message>
        <message>
            <source>&amp;Cohort</source>
            <translation>&amp;Kohorte</translation>
        </message>
        <message>
            <source>Colu&amp;mn</source>
            <translation>S&amp;palte</translation>
        </message>
        <message>
            <source>The column that says 1 of a slide with tumour and 0 of a normal one, or the names of two or more classes.</source>
            <translation>Die Spalte, die bei einem Schnitt mit Tumor 1 und bei einem normalen 0 sagt, oder die Namen von zwei oder mehr Klassen.</translation>
        </message>
        <message>
            <source>The cohort's own columns</source>
            <translation>Den eigenen Spalten der Kohorte</translation>
        </message>
        <message>
            <source>A table of expression</source>
            <translation>Einer Tabelle der Expression</translation>
        </message>
        <message>
            <source>Fold changes, tumour against normal</source>
            <translation>Verhältnissen, Tumor gegen normal</translation>
        </message>
        <message>
            <source>as they are, unless they look like raw counts</source>
            <translation>wie sie sind, außer sie sehen wie rohe Zählungen aus</translation>
        </message>
        <message>
            <source>log2(x + 1)</source>
            <translation>log2(x + 1)</translation>
        </message>
        <message>
            <source>as they are, whatever they look like</source>
            <translation>wie sie sind, egal wie sie aussehen</translation>
        </message>
        <message>
            <source>log10(1 + t / n), of counts</source>
            <translation>log10(1 + t / n), von Zählungen</translation>
        </message>
        <message>
            <source>log2((t + 1) / (n + 1)), of TPM</source>
            <translation>log2((t + 1) / (n + 1)), von TPM</translation>
        </message>
        <message>
            <source>Expression table</source>
            <translation>Tabelle der Expression</translation>
        </message>
        <message>
            <source>CSV: a case a row</source>
            <translation>CSV: ein Fall je Zeile</translation>
        </message>
        <message>
            <source>Tumour table</source>
            <translation>Tabelle der Tumoren</translation>
        </message>
        <message>
            <source>CSV: a patient a row</source>
            <translation>CSV: ein Patient je Zeile</translation>
        </message>
        <message>
            <source>Normal table</source>
            <translation>Tabelle des Normalgewebes</translation>
        </message>
        <message>
            <source>may be the same table</source>
            <translation>darf dieselbe Tabelle sein</translation>
        </message>
        <message>
            <source>Gene panel</source>
            <translation>Genpanel</translation>
        </message>
        <message>
            <source>all genes of the table</source>
            <translation>alle Gene der Tabelle</translation>
        </message>
        <message>
            <source>&amp;Values from</source>
            <translation>&amp;Werte aus</translation>
        </message>
        <message>
            <source>Where the measured values of the genes are. The paper of HistCode learns fold changes of tumour against matched normal tissue.</source>
            <translation>Wo die gemessenen Werte der Gene stehen. Die Arbeit zu HistCode lernt Verhältnisse von Tumor zu passendem Normalgewebe.</translation>
        </message>
        <message>
            <source>E&amp;xpression table</source>
            <translation>Tabelle der E&amp;xpression</translation>
        </message>
        <message>
            <source>A CSV whose rows are a case and its values and whose header names the genes. Cases of the cohort that it does not have are left out.</source>
            <translation>Eine CSV-Tabelle, deren Zeilen ein Fall und seine Werte sind und deren Kopf die Gene nennt. Fälle der Kohorte, die darin fehlen, werden ausgelassen.</translation>
        </message>
        <message>
            <source>&amp;Tumour table</source>
            <translation>Tabelle der &amp;Tumoren</translation>
        </message>
        <message>
            <source>A CSV whose rows are a patient, or a TCGA sample 01, and the values of the tumour.</source>
            <translation>Eine CSV-Tabelle, deren Zeilen ein Patient, oder eine TCGA-Probe 01, und die Werte des Tumors sind.</translation>
        </message>
        <message>
            <source>Norma&amp;l table</source>
            <translation>Tabelle des &amp;Normalgewebes</translation>
        </message>
        <message>
            <source>A CSV whose rows are a patient, or a TCGA sample 11, and the values of normal tissue of the same patient; patients without are left out.</source>
            <translation>Eine CSV-Tabelle, deren Zeilen ein Patient, oder eine TCGA-Probe 11, und die Werte des Normalgewebes desselben Patienten sind; Patienten ohne werden ausgelassen.</translation>
        </message>
        <message>
            <source>Label&amp;s</source>
            <translation>&amp;Zielwerte</translation>
        </message>
        <message>
            <source>What is made of the values before a model learns them: it should see logarithms.</source>
            <translation>Was aus den Werten wird, bevor ein Modell sie lernt: es sollte Logarithmen sehen.</translation>
        </message>
        <message>
            <source>What is made of the values t of the tumour and n of normal tissue. With counts a gene that is 0 in normal tissue has no label.</source>
            <translation>Was aus den Werten t des Tumors und n des Normalgewebes wird. Bei Zählungen hat ein Gen, das im Normalgewebe 0 ist, keinen Zielwert.</translation>
        </message>
        <message>
            <source>&amp;Genes</source>
            <translation>&amp;Gene</translation>
        </message>
        <message>
            <source>A text file with one symbol a line, for example 200 driver genes. Without it all genes of the table are learnt.</source>
            <translation>Eine Textdatei mit einem Symbol je Zeile, zum Beispiel 200 Treibergene. Ohne sie werden alle Gene der Tabelle gelernt.</translation>
        </message>
        <message>
            <source>Encoder</source>
            <translation>Encoder</translation>
        </message>
        <message>
            <source>the shipped model's</source>
            <translation>der des mitgelieferten Modells</translation>
        </message>
        <message>
            <source>Fold file</source>
            <translation>Datei der Teile</translation>
        </message>
        <message>
            <source>folds are drawn</source>
            <translation>Teile werden gezogen</translation>
        </message>
        <message>
            <source>&amp;Encoder</source>
            <translation>&amp;Encoder</translation>
        </message>
        <message>
            <source>A model's folder (with manifest.json) whose encoder turns tiles into features; it is not trained further. Models &gt; Pretrain an Encoder makes one.</source>
            <translation>Der Ordner eines Modells (mit manifest.json), dessen Encoder Kacheln in Merkmale verwandelt; er wird nicht weitertrainiert. Modelle &gt; Einen Encoder vortrainieren macht einen.</translation>
        </message>
        <message>
            <source>The new model then predicts the genes of the encoder's model as before, and tells the classes besides.</source>
            <translation>Das neue Modell sagt dann die Gene des Encoder-Modells vorher wie bisher und unterscheidet außerdem die Klassen.</translation>
        </message>
        <message>
            <source>&amp;Recipe</source>
            <translation>&amp;Rezept</translation>
        </message>
        <message>
            <source>&amp;Heads</source>
            <translation>Köp&amp;fe</translation>
        </message>
        <message>
            <source>How tiles become a slide's value: attention regression adds up the tiles' own predictions, gated attention predicts from the tiles' mean; both ends: from those of least and of most attention; linear (ridge regression) counts every tile alike. As suits the cohort: attention regression for slides; for measured spots the better of linear heads and it, found on inner folds.</source>
            <translation>Wie aus Kacheln der Wert eines Schnitts wird: „attention regression“ zählt die eigenen Vorhersagen der Kacheln zusammen, „gated attention“ sagt aus dem Mittel der Kacheln vorher; beide Enden: aus denen geringster und höchster Aufmerksamkeit; linear (Ridge-Regression) zählt jede Kachel gleich. Wie es zur Kohorte passt: „attention regression“ für Schnitte; für gemessene Spots das Bessere von linearen Köpfen und ihr, an inneren Teilen gefunden.</translation>
        </message>
        <message>
            <source>those of the cohort's bags, else the encoder's</source>
            <translation>die der Merkmale der Kohorte, sonst die des Encoders</translation>
        </message>
        <message>
            <source>Tile si&amp;zes</source>
            <translation>Ka&amp;chelgrößen</translation>
        </message>
        <message>
            <source>Sides of the tiles about a place whose features lie side by side, over the encoder's tile: 1 first, for example 1, 0.5, 2. More sizes see more of the surroundings, and take as many times as long.</source>
            <translation>Seiten der Kacheln um eine Stelle, deren Merkmale nebeneinander liegen, im Verhältnis zur Kachel des Encoders: zuerst 1, zum Beispiel 1, 0.5, 2 (mit Punkt). Mehr Größen sehen mehr von der Umgebung und brauchen ebenso viel mal länger.</translation>
        </message>
        <message>
            <source>Fol&amp;ds</source>
            <translation>Te&amp;ile</translation>
        </message>
        <message>
            <source>Into how many parts the patients are divided: each part is judged by models that never saw it.</source>
            <translation>In wie viele Teile die Patienten geteilt werden: jeden Teil beurteilen Modelle, die ihn nie sahen.</translation>
        </message>
        <message>
            <source>Folds &amp;from</source>
            <translation>Teile a&amp;us</translation>
        </message>
        <message>
            <source>A CSV case,fold, or a folder of CSVs with the columns train and val, in place of drawn folds.</source>
            <translation>Eine CSV-Tabelle case,fold oder ein Ordner mit CSV-Tabellen mit den Spalten train und val, anstelle gezogener Teile.</translation>
        </message>
        <message>
            <source>New model</source>
            <translation>Neues Modell</translation>
        </message>
        <message>
            <source>a folder that is not there yet</source>
            <translation>ein Ordner, den es noch nicht gibt</translation>
        </message>
        <message>
            <source>Keep features in</source>
            <translation>Merkmale aufheben in</translation>
        </message>
        <message>
            <source>where predictions keep them</source>
            <translation>wo Vorhersagen sie aufheben</translation>
        </message>
        <message>
            <source>&amp;New model</source>
            <translation>Neues &amp;Modell</translation>
        </message>
        <message>
            <source>The folder that the model is written to. A training that was stopped goes on when it is started again with the same name.</source>
            <translation>Der Ordner, in den das Modell geschrieben wird. Ein angehaltenes Training geht weiter, wenn es mit demselben Namen neu gestartet wird.</translation>
        </message>
        <message>
            <source>&amp;Keep features in</source>
            <translation>Merkmale auf&amp;heben in</translation>
        </message>
        <message>
            <source>Features of slides take longest to make: trainings that share this folder and the encoder make them once.</source>
            <translation>Merkmale von Schnitten zu berechnen dauert am längsten: Trainings, die sich diesen Ordner und den Encoder teilen, tun es einmal.</translation>
        </message>
        <message>
            <source>A CSV with the columns slide, case, split (train or test) and one of 0 and 1. Slides are named relative to it; the case is the patient, who may have slides of both kinds.</source>
            <translation>Eine CSV-Tabelle mit den Spalten slide, case, split (train oder test) und einer aus 0 und 1. Schnitte sind von ihr aus benannt; case ist der Patient, der Schnitte beider Arten haben darf.</translation>
        </message>
        <message>
            <source>A CSV with the columns slide, case, split (train or test) and one for each gene. Slides are named relative to it; all slides of a case belong together.</source>
            <translation>Eine CSV-Tabelle mit den Spalten slide, case, split (train oder test) und einer je Gen. Schnitte sind von ihr aus benannt; alle Schnitte eines Falls gehören zusammen.</translation>
        </message>
        <message>
            <source>A CSV with the columns slide, case and split (train or test). Slides are named relative to it; all slides of a case belong together.</source>
            <translation>Eine CSV-Tabelle mit den Spalten slide, case und split (train oder test). Schnitte sind von ihr aus benannt; alle Schnitte eines Falls gehören zusammen.</translation>
        </message>
        <message>
            <source>CSV: slide, case, split, tumour</source>
            <translation>CSV: slide, case, split, tumour</translation>
        </message>
        <message>
            <source>CSV: slide, case, split, and a column a gene</source>
            <translation>CSV: slide, case, split und eine Spalte je Gen</translation>
        </message>
        <message>
            <source>CSV: slide, case, split</source>
            <translation>CSV: slide, case, split</translation>
        </message>
        <message>
            <source>geneglass is this program's own and the fastest; the others repeat a paper's numbers, and take many times as long.</source>
            <translation>geneglass ist das eigene dieses Programms und das schnellste; die anderen wiederholen die Zahlen einer Arbeit und brauchen viel länger.</translation>
        </message>
        <message>
            <source>as suits the cohort</source>
            <translation>wie es zur Kohorte passt</translation>
        </message>
        <message>
            <source>gated attention, both ends</source>
            <translation>gated attention, beide Enden</translation>
        </message>
        <message>
            <source>Choose a cohort: the table that names slides and cases.</source>
            <translation>Eine Kohorte wählen: die Tabelle, die Schnitte und Fälle nennt.</translation>
        </message>
        <message>
            <source>Tile sizes are numbers with commas between them, for example 1, 0.5, 2.</source>
            <translation>Kachelgrößen sind Zahlen mit Kommas dazwischen, zum Beispiel 1, 0.5, 2.</translation>
        </message>
        <message>
            <source>Name the column that says which class a slide is of.</source>
            <translation>Die Spalte nennen, die sagt, von welcher Klasse ein Schnitt ist.</translation>
        </message>
        <message>
            <source>Choose the table of expression: a case and its values a row.</source>
            <translation>Die Tabelle der Expression wählen: ein Fall und seine Werte je Zeile.</translation>
        </message>
        <message>
            <source>Choose the table of the tumours' values: a patient a row.</source>
            <translation>Die Tabelle mit den Werten der Tumoren wählen: ein Patient je Zeile.</translation>
        </message>
        <message>
            <source>Choose the table of the normal tissues' values; it may be the same as the tumours'.</source>
            <translation>Die Tabelle mit den Werten des Normalgewebes wählen; sie darf die der Tumoren sein.</translation>
        </message>
        <message>
            <source>Save an E&amp;xample of a Cohort…</source>
            <translation>&amp;Beispiel einer Kohorte speichern …</translation>
        </message>
        <message>
            <source>A table with the columns that a cohort needs and rows to be replaced by your slides.</source>
            <translation>Eine Tabelle mit den Spalten, die eine Kohorte braucht, und Zeilen, die durch Ihre Schnitte zu ersetzen sind.</translation>
        </message>
        <message>
            <source>Save an example of a cohort</source>
            <translation>Ein Beispiel einer Kohorte speichern</translation>
        </message>
        <message>
            <source>Tables (*.csv)</source>
            <translation>Tabellen (*.csv)</translation>
        </message>
        <message>
            <source>Example of a cohort</source>
            <translation>Beispiel einer Kohorte</translation>
        </message>
        <message>
            <source>The example is in %1. Put your slides in place of its rows and choose it as the cohort.</source>
            <translation>Das Beispiel liegt in %1. Setzen Sie Ihre Schnitte anstelle seiner Zeilen ein und wählen Sie es als Kohorte.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::TrainingMenu</name>
        <message>
            <source>&amp;Use a Model…</source>
            <translation>Ein Modell &amp;verwenden …</translation>
        </message>
        <message>
            <source>&amp;Pretrain an Encoder…</source>
            <translation>Einen Encoder vor&amp;trainieren …</translation>
        </message>
        <message>
            <source>&amp;Train a Model…</source>
            <translation>Ein &amp;Modell trainieren …</translation>
        </message>
        <message>
            <source>&amp;Watch a Training…</source>
            <translation>Einem Training &amp;zusehen …</translation>
        </message>
        <message>
            <source>Choose a model: a folder with manifest.json</source>
            <translation>Ein Modell wählen: ein Ordner mit manifest.json</translation>
        </message>
        <message>
            <source>Choose a training's curve</source>
            <translation>Die Kurve eines Trainings wählen</translation>
        </message>
        <message>
            <source>Training curves (*.curve.csv)</source>
            <translation>Kurven von Trainings (*.curve.csv)</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>Alle Dateien (*)</translation>
        </message>
        <message>
            <source>The training goes on. Models &gt; Train a Model shows it.</source>
            <translation>Das Training geht weiter. Modelle &gt; Ein Modell trainieren zeigt es.</translation>
        </message>
        <message>
            <source>Training: %1</source>
            <translation>Training: %1</translation>
        </message>
        <message>
            <source>A training is running</source>
            <translation>Ein Training läuft</translation>
        </message>
        <message>
            <source>Stop the training and quit? Started again, it goes on where it stopped.</source>
            <translation>Das Training anhalten und beenden? Neu gestartet geht es weiter, wo es anhielt.</translation>
        </message>
        <message>
            <source>Stop the training and quit? Started again, it begins anew.</source>
            <translation>Das Training anhalten und beenden? Neu gestartet beginnt es von vorn.</translation>
        </message>
        <message>
            <source>Stop and Quit</source>
            <translation>Anhalten und beenden</translation>
        </message>
    </context>
    <context>
        <name>geneglass::TrainingRun</name>
        <message>
            <source> Its last words: %1</source>
            <translation> Seine letzten Worte: %1</translation>
        </message>
        <message>
            <source>Started again, it goes on where it stopped.</source>
            <translation>Neu gestartet geht es weiter, wo es anhielt.</translation>
        </message>
        <message>
            <source>Started again, it begins anew.</source>
            <translation>Neu gestartet beginnt es von vorn.</translation>
        </message>
        <message>
            <source>The training ended before its time (signal %1). %2%3</source>
            <translation>Das Training endete vor der Zeit (Signal %1). %2%3</translation>
        </message>
        <message>
            <source>The training ended with status %1 and no word.</source>
            <translation>Das Training endete mit Status %1 und ohne ein Wort.</translation>
        </message>
        <message>
            <source>Cannot start '%1': %2.</source>
            <translation>„%1“ lässt sich nicht starten: %2.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::TrainingWindow</name>
        <message>
            <source>Latest: step %1, epoch %2, loss %3</source>
            <translation>Zuletzt: Schritt %1, Durchgang %2, Verlust %3</translation>
        </message>
        <message>
            <source>, %1 % of neighbours are of the class</source>
            <translation>, %1 % der Nachbarn sind von der Klasse</translation>
        </message>
        <message>
            <source>State of the training</source>
            <translation>Stand des Trainings</translation>
        </message>
        <message>
            <source>What is trained</source>
            <translation>Was trainiert wird</translation>
        </message>
        <message>
            <source>Progress of the training</source>
            <translation>Fortschritt des Trainings</translation>
        </message>
        <message>
            <source>Gene whose curves are shown</source>
            <translation>Gen, dessen Kurven gezeigt werden</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Go On</source>
            <translation>Weitermachen</translation>
        </message>
        <message>
            <source>Use This Model</source>
            <translation>Dieses Modell verwenden</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Training %1</source>
            <translation>Training von %1</translation>
        </message>
        <message>
            <source>held-out r, P with 0 and 1</source>
            <translation>r an Prüffällen, P bei 0 und 1</translation>
        </message>
        <message>
            <source>held-out r</source>
            <translation>r an Prüffällen</translation>
        </message>
        <message>
            <source>Watching %1</source>
            <translation>%1 wird zugesehen</translation>
        </message>
        <message>
            <source>Stopping. What is done is kept.</source>
            <translation>Wird angehalten. Was getan ist, bleibt.</translation>
        </message>
        <message>
            <source>Stopping.</source>
            <translation>Wird angehalten.</translation>
        </message>
        <message>
            <source>starting</source>
            <translation>beginnt</translation>
        </message>
        <message>
            <source>Start Again</source>
            <translation>Neu beginnen</translation>
        </message>
        <message>
            <source>Train a Model on It</source>
            <translation>Ein Modell darauf trainieren</translation>
        </message>
        <message>
            <source>No step has been told yet.</source>
            <translation>Noch kein Schritt ist gemeldet.</translation>
        </message>
        <message>
            <source>No epoch has ended yet.</source>
            <translation>Noch kein Durchgang ist beendet.</translation>
        </message>
        <message>
            <source>The file is not there yet, or empty.</source>
            <translation>Die Datei ist noch nicht da oder leer.</translation>
        </message>
        <message>
            <source>, %1</source>
            <translation>, %1</translation>
        </message>
        <message>
            <source>Mean over %1 genes</source>
            <translation>Mittel über %1 Gene</translation>
        </message>
        <message>
            <source> %1 of %2</source>
            <translation> %1 von %2</translation>
        </message>
        <message>
            <source>It goes on where it stopped when it is started again.</source>
            <translation>Neu gestartet geht es weiter, wo es anhielt.</translation>
        </message>
        <message>
            <source>Started again, it begins anew.</source>
            <translation>Neu gestartet beginnt es von vorn.</translation>
        </message>
        <message>
            <source>“%1” could not be read: %2.</source>
            <translation>„%1“ war nicht lesbar: %2.</translation>
        </message>
        <message>
            <source>Starting.</source>
            <translation>Beginnt.</translation>
        </message>
        <message>
            <source>Waiting for the first epoch.</source>
            <translation>Auf den ersten Durchgang wird gewartet.</translation>
        </message>
        <message>
            <source>Still stopping: it ends the piece of work at hand (%1). What does not end within %2 s is ended at once.</source>
            <translation>Wird noch angehalten: die angefangene Arbeit wird beendet (%1). Was nicht in %2 s endet, wird sofort beendet.</translation>
        </message>
        <message>
            <source>Latest: %1%2, epoch %3.</source>
            <translation>Zuletzt: %1%2, Durchgang %3.</translation>
        </message>
        <message>
            <source>Finished.</source>
            <translation>Fertig.</translation>
        </message>
        <message>
            <source>Cancelled.</source>
            <translation>Abgebrochen.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::TrayPanel</name>
        <message>
            <source>Ctrl+T takes a snapshot of the view, for the report.</source>
            <translation>Strg+T nimmt einen Schnappschuss der Ansicht auf, für den Bericht.</translation>
        </message>
        <message>
            <source>&amp;Take</source>
            <translation>A&amp;ufnehmen</translation>
        </message>
        <message>
            <source>&amp;Go There</source>
            <translation>&amp;Dorthin gehen</translation>
        </message>
        <message>
            <source>Sa&amp;ve As…</source>
            <translation>S&amp;peichern unter …</translation>
        </message>
        <message>
            <source>Re&amp;move</source>
            <translation>&amp;Entfernen</translation>
        </message>
        <message>
            <source>Snapshots</source>
            <translation>Schnappschüsse</translation>
        </message>
        <message>
            <source>A second click or F2 edits the caption, a double click goes to the view</source>
            <translation>Ein zweiter Klick oder F2 bearbeitet die Bildunterschrift, ein Doppelklick geht zur Ansicht</translation>
        </message>
        <message>
            <source>Edit Caption</source>
            <translation>Bildunterschrift bearbeiten</translation>
        </message>
        <message>
            <source>Move Snapshot</source>
            <translation>Schnappschuss verschieben</translation>
        </message>
        <message>
            <source>Remove Snapshot</source>
            <translation>Schnappschuss entfernen</translation>
        </message>
    </context>
    <context>
        <name>geneglass::TumourEvidencePlugin</name>
        <message>
            <source>Evidence of %1, held-out AUC %2 over synthetic slides</source>
            <translation>Evidenz für %1, AUC an Prüffällen %2 über synthetische Schnitte</translation>
        </message>
        <message>
            <source>Evidence of %1, held-out AUC %2 over slides</source>
            <translation>Evidenz für %1, AUC an Prüffällen %2 über Schnitte</translation>
        </message>
        <message>
            <source>This model tells no classes of slides apart.</source>
            <translation>Dieses Modell unterscheidet keine Klassen von Schnitten.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::UnlikeTrainingPlugin</name>
        <message>
            <source>Distance from the training tissue, %1 % of tiles outside</source>
            <translation>Abstand vom Trainingsgewebe, %1 % der Kacheln außerhalb</translation>
        </message>
        <message>
            <source>× limit</source>
            <translation>× Grenze</translation>
        </message>
        <message>
            <source>This model does not know what its training tissue looked like.</source>
            <translation>Dieses Modell weiß nicht, wie das Gewebe seines Trainings aussah.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::ValueHistogram</name>
        <message>
            <source>Histogram of the chosen map's values</source>
            <translation>Histogramm der Werte der gewählten Karte</translation>
        </message>
        <message>
            <source>number</source>
            <translation>Anzahl</translation>
        </message>
        <message>
            <source>Choose a gene to see its values.</source>
            <translation>Ein Gen wählen, um seine Werte zu sehen.</translation>
        </message>
        <message>
            <source>Values: %1</source>
            <translation>Werte: %1</translation>
        </message>
        <message>
            <source>Values</source>
            <translation>Werte</translation>
        </message>
        <message>
            <source>first colour</source>
            <translation>erste Farbe</translation>
        </message>
        <message>
            <source>last colour</source>
            <translation>letzte Farbe</translation>
        </message>
        <message>
            <source>hidden below</source>
            <translation>darunter verborgen</translation>
        </message>
        <message>
            <source>Its marks are dragged with the mouse; by keys they are the numbers in the panel Overlays.</source>
            <translation>Seine Marken werden mit der Maus gezogen; mit Tasten sind es die Zahlen im Bedienfeld Ebenen.</translation>
        </message>
        <message>
            <source>Drag the ends of the colours, or the dashed line below which nothing is shown</source>
            <translation>Die Enden der Farben ziehen, oder die gestrichelte Linie, unter der nichts gezeigt wird</translation>
        </message>
        <message>
            <source>Several genes are shown: each has values of its own.</source>
            <translation>Mehrere Gene sind gezeigt: jedes hat eigene Werte.</translation>
        </message>
    </context>
    <context>
        <name>geneglass::WayFinder</name>
        <message>
            <source>Rotate by &amp;15°	Shift+R</source>
            <translation>Um &amp;15° drehen	Umschalt+R</translation>
        </message>
        <message>
            <source>&amp;Mirror Left and Right	Shift+F</source>
            <translation>Links und rechts &amp;spiegeln	Umschalt+F</translation>
        </message>
        <message>
            <source>Turn &amp;Upright	0</source>
            <translation>Ge&amp;rade stellen	0</translation>
        </message>
        <message>
            <source>&amp;Go to a Place…</source>
            <translation>Zu einer S&amp;telle gehen …</translation>
        </message>
        <message>
            <source>&amp;Back to the View Before</source>
            <translation>Zu&amp;rück zur Ansicht davor</translation>
        </message>
        <message>
            <source>For&amp;ward Again</source>
            <translation>Wieder vor&amp;wärts</translation>
        </message>
        <message>
            <source>Full &amp;Screen</source>
            <translation>Ganzer B&amp;ildschirm</translation>
        </message>
        <message>
            <source>Hide the &amp;Panels</source>
            <translation>Bedienfelder verber&amp;gen</translation>
        </message>
        <message>
            <source>F9 brings the panels back.</source>
            <translation>F9 bringt die Bedienfelder zurück.</translation>
        </message>
        <message>
            <source>&amp;Copy the Place: %1</source>
            <translation>Stelle &amp;kopieren: %1</translation>
        </message>
        <message>
            <source>Copy the Place: %1</source>
            <translation>Stelle kopieren: %1</translation>
        </message>
        <message>
            <source>Draw Point</source>
            <translation>Punkt zeichnen</translation>
        </message>
        <message>
            <source>C&amp;entre Here</source>
            <translation>Hier &amp;zentrieren</translation>
        </message>
        <message>
            <source>Put a &amp;Point Here</source>
            <translation>Hier einen &amp;Punkt setzen</translation>
        </message>
    </context>
    <context>
        <name>geneglass::WelcomePage</name>
        <message>
            <source>Open a slide with Ctrl+O, or drop its file here.</source>
            <translation>Einen Schnitt mit Strg+O öffnen oder seine Datei hier ablegen.</translation>
        </message>
        <message>
            <source>Open…</source>
            <translation>Öffnen …</translation>
        </message>
        <message>
            <source>Slides of a Folder…</source>
            <translation>Schnitte eines Ordners …</translation>
        </message>
        <message>
            <source>Demonstration Slide</source>
            <translation>Beispielschnitt</translation>
        </message>
        <message>
            <source>%1   in %2</source>
            <translation>%1   in %2</translation>
        </message>
        <message>
            <source>Open %1 again</source>
            <translation>%1 wieder öffnen</translation>
        </message>
    </context>
</TS>
