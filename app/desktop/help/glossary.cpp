// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/help/glossary.h"

#include <QCoreApplication>
#include <QWidget>
#include <algorithm>
#include <array>

namespace geneglass {
namespace {

constexpr std::array kWords{
    Word{"prediction", QT_TRANSLATE_NOOP("Glossary", "Prediction"),
         QT_TRANSLATE_NOOP("Glossary",
                           "What a model says of a slide from the look of its tissue alone: a value for each "
                           "gene and, where the model has learnt it, a class. It is an estimate, not a "
                           "measurement.")},
    Word{"tile", QT_TRANSLATE_NOOP("Glossary", "Tile"),
         QT_TRANSLATE_NOOP("Glossary",
                           "A square of tissue, about 100 to 250 µm wide, that the model reads as one. Every "
                           "value of a map is that of a tile; nothing finer is known.")},
    Word{
        "value", QT_TRANSLATE_NOOP("Glossary", "Value"),
        QT_TRANSLATE_NOOP("Glossary",
                          "The predicted expression of the whole slide, in the unit of the measured values "
                          "that the model learnt from. Values of different genes are not to be compared with "
                          "each other: the percentile is for that.")},
    Word{"percentile", QT_TRANSLATE_NOOP("Glossary", "Percentile"),
         QT_TRANSLATE_NOOP(
             "Glossary",
             "The place of this slide's value among the model's predictions for the cases of its "
             "training: 90 means that nine in ten of them were predicted lower.")},
    Word{
        "held-out", QT_TRANSLATE_NOOP("Glossary", "Held-out r"),
        QT_TRANSLATE_NOOP("Glossary",
                          "Pearson's correlation of predicted with measured values over cases the model was "
                          "not trained on, with its 95 % interval. 1: as measured; 0: no better than chance. "
                          "It says how far a gene is to be believed on tissue like that of the training; of "
                          "other tissue it says nothing.")},
    Word{"expected-error", QT_TRANSLATE_NOOP("Glossary", "Expected error"),
         QT_TRANSLATE_NOOP("Glossary",
                           "How far a prediction is off in a typical case: √(1 − r²) standard deviations of "
                           "the measured values, where r is the held-out correlation. The whiskers of the "
                           "chart of subtypes are as long.")},
    Word{"fold-spread", QT_TRANSLATE_NOOP("Glossary", "Spread of the fold models"),
         QT_TRANSLATE_NOOP("Glossary",
                           "How far the models of the training's folds, each taught with other cases, differ "
                           "on this slide. Much of it means that the value hangs on which cases were learnt "
                           "from; little of it does not mean that the value is right.")},
    Word{"gene_expression", QT_TRANSLATE_NOOP("Glossary", "Gene expression"),
         QT_TRANSLATE_NOOP("Glossary",
                           "The map of the chosen gene: what the model would predict if the slide were all "
                           "like this tile. Its outlines are the hotspots.")},
    Word{"genes_together", QT_TRANSLATE_NOOP("Glossary", "Genes together"),
         QT_TRANSLATE_NOOP(
             "Glossary",
             "Up to five genes, each in a colour of its own, or the mean of a gene set: per tile "
             "the mean over its well predicted genes of how many standard deviations of the "
             "training's measured values each lies above or below the training's mean. A mix or "
             "a mean has no held-out r of its own.")},
    Word{"attention", QT_TRANSLATE_NOOP("Glossary", "Attention"),
         QT_TRANSLATE_NOOP("Glossary",
                           "How much weight the model gives to a tile when it adds up the slide's value. "
                           "“× uniform”: 2 is twice the weight that all tiles would have were they weighed "
                           "alike. High attention is not high expression.")},
    Word{"contribution", QT_TRANSLATE_NOOP("Glossary", "Contribution"),
         QT_TRANSLATE_NOOP(
             "Glossary",
             "Attention times how far the tile's expression lies above or below the mean of the "
             "training: how much the tile raises or lowers the slide's value. Hotspots are where "
             "it is highest.")},
    Word{
        "hotspot", QT_TRANSLATE_NOOP("Glossary", "Hotspot"),
        QT_TRANSLATE_NOOP("Glossary",
                          "A connected region of at least four tiles whose contribution is among the slide's "
                          "highest 5 % and whose attention, where the model weighs tiles, is above uniform. "
                          "There are hotspots on any slide, also where the gene is low: they say where, not "
                          "how much.")},
    Word{"driver", QT_TRANSLATE_NOOP("Glossary", "Driver genes"),
         QT_TRANSLATE_NOOP("Glossary",
                           "Genes whose mutations are known to drive a tumour, such as KRAS or TP53. What is "
                           "predicted is how much they are expressed, not whether they are mutated.")},
    Word{"class", QT_TRANSLATE_NOOP("Glossary", "Class"),
         QT_TRANSLATE_NOOP("Glossary",
                           "The group of the model's gene panel that a gene is in, such as a molecular "
                           "subtype (CMS1 to CMS4) it is typical of.")},
    Word{"subtype", QT_TRANSLATE_NOOP("Glossary", "Predicted genes by subtype"),
         QT_TRANSLATE_NOOP("Glossary",
                           "Each dot is a gene: how many standard deviations its predicted value lies above "
                           "or below the mean of the training. Whisker: the expected error. Hollow: not "
                           "predictable. A group whose dots lie high together speaks for that subtype; it is "
                           "no classification.")},
    Word{"histogram", QT_TRANSLATE_NOOP("Glossary", "Histogram"),
         QT_TRANSLATE_NOOP("Glossary",
                           "How many tiles of the shown map have which value, with the ends of the colours "
                           "and the threshold below which nothing is coloured.")},
    Word{"standing", QT_TRANSLATE_NOOP("Glossary", "Standing among the training"),
         QT_TRANSLATE_NOOP("Glossary",
                           "Where this slide's value lies among the model's predictions for the cases of its "
                           "training, each predicted by a model that had not seen it. The bar: the expected "
                           "error.")},
    Word{"two-genes", QT_TRANSLATE_NOOP("Glossary", "Two genes over the tiles"),
         QT_TRANSLATE_NOOP(
             "Glossary",
             "A point a tile. The r is of two predictions from the same picture, which may agree "
             "where the genes do not.")},
    Word{
        "morans-i", QT_TRANSLATE_NOOP("Glossary", "Moran's I"),
        QT_TRANSLATE_NOOP("Glossary",
                          "How much neighbouring tiles are alike in a map: 1 alike, 0 as by chance, below it "
                          "unlike. p: how many of 999 random orders of squares of 5 x 5 tiles are as alike. "
                          "Smooth predictions are alike by their making: it tells of the map, not of the "
                          "gene.")},
    Word{
        "dice", QT_TRANSLATE_NOOP("Glossary", "Dice of hotspots"),
        QT_TRANSLATE_NOOP("Glossary",
                          "How much the hotspots of two genes cover the same tiles: twice the tiles of both, "
                          "over the tiles of the one and the tiles of the other. 1: the same; 0: none in "
                          "common.")},
    Word{"lens", QT_TRANSLATE_NOOP("Glossary", "Lens and swipe"),
         QT_TRANSLATE_NOOP(
             "Glossary",
             "A circle about the cursor, or what is right of a line, in which the slide is shown "
             "otherwise: without maps, or with another gene.")},
    Word{
        "kept", QT_TRANSLATE_NOOP("Glossary", "Predicted, partly predicted"),
        QT_TRANSLATE_NOOP("Glossary",
                          "In the list of slides: the model's features of all tiles are kept, so that the "
                          "slide is predicted at once; or of some, from which the next prediction goes on.")},
    Word{"probability", QT_TRANSLATE_NOOP("Glossary", "Probability of a class"),
         QT_TRANSLATE_NOOP(
             "Glossary",
             "What the model says of the slide as a whole, such as P(tumour). Calibrated: on "
             "held-out slides, of those with 0.8 about eight in ten were of the class. On tissue "
             "unlike the training it is not to be believed.")},
    Word{"auc", QT_TRANSLATE_NOOP("Glossary", "Held-out AUC"),
         QT_TRANSLATE_NOOP("Glossary",
                           "How often the model gives the higher probability to the slide of the class when "
                           "it sees one of it and one that is not, over slides it was not trained on. 1: "
                           "always; 0.5: as a coin does.")},
    Word{"tumour_evidence", QT_TRANSLATE_NOOP("Glossary", "Evidence of the call"),
         QT_TRANSLATE_NOOP("Glossary",
                           "Where the class that the slide is called shows: the probability of each tile "
                           "alone. The outline is the region that speaks for it.")},
    Word{"tile_classes", QT_TRANSLATE_NOOP("Glossary", "Classes of tiles"),
         QT_TRANSLATE_NOOP("Glossary",
                           "The class that each tile resembles most, by an imported classifier of single "
                           "tiles, which is not judged here, or by nearest template, which was never "
                           "tested on single tiles.")},
    Word{"nearest_template", QT_TRANSLATE_NOOP("Glossary", "Nearest template"),
         QT_TRANSLATE_NOOP(
             "Glossary",
             "Which class of a file of marker genes (columns class and symbol) the predicted genes look "
             "most like; each gene is measured in deviations from the model's predictions in training. "
             "Distance 0: the class's genes high, all others low. p: that as many values drawn at random "
             "from this slide's genes lie as near; above 0.05 there is no call. Nobody has tested such "
             "calls from predicted genes against measured subtypes.")},
    Word{"unlike_training", QT_TRANSLATE_NOOP("Glossary", "Unlike the training tissue"),
         QT_TRANSLATE_NOOP("Glossary",
                           "How far each tile lies from the tissue that the model learnt from. Red: farther "
                           "than 99 % of that tissue. Where much is red, predictions are withheld until they "
                           "are asked for.")},
    Word{"withheld", QT_TRANSLATE_NOOP("Glossary", "Withheld"),
         QT_TRANSLATE_NOOP("Glossary",
                           "Not shown because the tissue is unlike that of the training. “Show anyway” shows "
                           "it, with a question mark.")},
    Word{"provisional", QT_TRANSLATE_NOOP("Glossary", "Provisional"),
         QT_TRANSLATE_NOOP("Glossary",
                           "Some tiles have not been computed yet: values, ranks and hotspots can change.")},
    Word{"tissue", QT_TRANSLATE_NOOP("Glossary", "Tissue"),
         QT_TRANSLATE_NOOP("Glossary",
                           "The outline of what counts as tissue. Glass, pen marks and tiles with too little "
                           "tissue are not predicted.")},
    Word{"slide_quality", QT_TRANSLATE_NOOP("Glossary", "Slide quality"),
         QT_TRANSLATE_NOOP("Glossary",
                           "Pen marks and tiles out of focus, hatched: predictions leave them out.")},
    Word{"measured_spots", QT_TRANSLATE_NOOP("Glossary", "Measured spots"),
         QT_TRANSLATE_NOOP("Glossary",
                           "What spatial transcriptomics counted of the chosen gene on this very slide, spot "
                           "by spot. This is a measurement.")},
    Word{
        "spot_difference", QT_TRANSLATE_NOOP("Glossary", "Measured minus predicted"),
        QT_TRANSLATE_NOOP("Glossary",
                          "Where more was measured than predicted, and where less, in standard deviations of "
                          "each.")},
    Word{"r-at-spots", QT_TRANSLATE_NOOP("Glossary", "r at spots"),
         QT_TRANSLATE_NOOP("Glossary",
                           "Pearson's correlation of measured with predicted over the spots of this slide, "
                           "with its 95 % interval.")},
    Word{"scale_bar", QT_TRANSLATE_NOOP("Glossary", "Scale bar"),
         QT_TRANSLATE_NOOP("Glossary",
                           "A length on the slide, from the pixel size that its file says or that you "
                           "entered.")},
};

QString translated(const char* text) {
  return QCoreApplication::translate("Glossary", text);
}

const Word* find(const QString& id) {
  const auto found =
      std::ranges::find_if(kWords, [&](const Word& word) { return id == QLatin1String(word.id); });
  return found == kWords.end() ? nullptr : &*found;
}

}  // namespace

std::span<const Word> glossary() {
  return kWords;
}

QString titleOf(const QString& id) {
  const Word* word = find(id);
  return word ? translated(word->title) : QString();
}

QString meaningOf(const QString& id) {
  const Word* word = find(id);
  return word ? translated(word->meaning) : QString();
}

QString overlayTitle(const QString& id, const QString& name) {
  const QString title = titleOf(id);
  return title.isEmpty() ? name : title;
}

void explain(QWidget& widget, const QString& id) {
  const QString meaning = meaningOf(id);
  widget.setWhatsThis(QStringLiteral("<b>%1</b><p>%2</p>").arg(titleOf(id), meaning.toHtmlEscaped()));
  if (widget.accessibleDescription().isEmpty()) widget.setAccessibleDescription(meaning);
}

}  // namespace geneglass
