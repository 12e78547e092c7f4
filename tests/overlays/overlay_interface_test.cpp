// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <array>
#include <bit>
#include <concepts>
#include <string>
#include <typeinfo>

#include "overlays/overlay_plugin.h"
#include "tests/support/test_program.h"
#include "viewer/foundation/sha256.h"

namespace geneglass::overlay_interface_test {
namespace {

/// What a plugin of this number was compiled against.
constexpr const char* kInterface = "org.geneglass.OverlayPlugin/19";
constexpr const char* kFingerprint = "8ce8470a8477efd43a18850bfc6c82810d5319da25d2bd58b903839398d77503";

/// Size of each type, place, size and type of each member, one line a type. A structured binding names all
/// members or does not compile: a new one is not forgotten here.
class Layout final {
 public:
  template <typename T, typename... Members>
  void add(const T& value, const Members&... members) {
    m_text += std::string(typeid(T).name()) + ' ' + std::to_string(sizeof(T));
    const auto place = [&](const void* member) {
      return static_cast<const char*>(member) - reinterpret_cast<const char*>(&value);
    };
    ((m_text += ' ' + std::to_string(place(&members)) + ':' + typeid(Members).name()), ...);
    m_text += '\n';
  }
  /// Where a virtual function stands in its table (Itanium C++ ABI, 2.3), and its type.
  template <typename Function>
  void addVirtual(Function function) {
    m_text += std::string(typeid(Function).name()) + ' ' +
              std::to_string(std::bit_cast<std::array<std::ptrdiff_t, 2>>(function)[0]) + '\n';
  }
  template <typename Enum>
  void addEnum(std::initializer_list<Enum> values) {
    m_text += typeid(Enum).name();
    for (const Enum value : values) m_text += ' ' + std::to_string(static_cast<int>(value));
    m_text += '\n';
  }
  const std::string& text() const { return m_text; }

 private:
  std::string m_text;
};

void addSlide(Layout& layout) {
  const auto add = [&](const auto& value, const auto&... members) { layout.add(value, members...); };
  const Point point;
  const auto& [x, y] = point;
  add(point, x, y);
  const Size size;
  const auto& [width, height] = size;
  add(size, width, height);
  const Rect rect;
  const auto& [left, top, across, down] = rect;
  add(rect, left, top, across, down);
  const Level level;
  const auto& [levelSize, downsample, tile, reduced] = level;
  add(level, levelSize, downsample, tile, reduced);
  const Mpp mpp;
  const auto& [mppX, mppY] = mpp;
  add(mpp, mppX, mppY);
  const AssociatedImage image;
  const auto& [name, imageSize, mayIdentify] = image;
  add(image, name, imageSize, mayIdentify);
  const Slide slide;
  const auto& [file, driver, vendor, levels, itsMpp, origin, power, hash, images, bounds, profile,
               profileName, profileRefusal, damage, channels, note] = slide;
  add(slide, file, driver, vendor, levels, itsMpp, origin, power, hash, images, bounds, profile, profileName,
      profileRefusal, damage, channels, note);
  layout.addEnum({MppOrigin::Unknown, MppOrigin::Vendor, MppOrigin::TiffResolution, MppOrigin::User});
}

void addCanvas(Layout& layout) {
  const Viewport viewport;
  const auto& [centre, downsample, rotation, width, height, isMirrored] = viewport;
  layout.add(viewport, centre, downsample, rotation, width, height, isMirrored);
  const Heatmap map;
  const auto& [name, unit, hash, size, columns, rows, origin, step, values, sorted, mix, paint, scales] = map;
  layout.add(map, name, unit, hash, size, columns, rows, origin, step, values, sorted, mix, paint, scales);
  const Heatmap::Scale scale;
  const auto& [itsName, itsUnit, colour, least, most] = scale;
  layout.add(scale, itsName, itsUnit, colour, least, most);
  layout.addEnum({ColourMix::Sum, ColourMix::Highest, ColourMix::TwoWay});
  const HeatmapStyle style;
  const auto& [colours, range, low, high, threshold, opacity, smooth] = style;
  layout.add(style, colours, range, low, high, threshold, opacity, smooth);
  layout.addEnum(
      {ColourMap::Viridis, ColourMap::Inferno, ColourMap::Cividis, ColourMap::Coolwarm, ColourMap::OneHue});
  layout.addEnum({HeatmapStyle::Range::Percentile, HeatmapStyle::Range::Absolute});
  const OverlayKey key;
  const auto& [title, lines, note] = key;
  layout.add(key, title, lines, note);
  const OverlayKey::Line line;
  const auto& [its, text] = line;
  layout.add(line, its, text);
}

void addCalls(Layout& layout) {
  const ProbabilityScale scale;
  const auto& [slope, offset] = scale;
  layout.add(scale, slope, offset);
  const ClassFacts one;
  const auto& [name, auc, aucLow, aucHigh, calibration] = one;
  layout.add(one, name, auc, aucLow, aucHigh, calibration);
  const CallFacts facts;
  const auto& [target, classes, accuracy, calibrationError, threshold, slides, patients, synthetic, ofTiles,
               statement] = facts;
  layout.add(facts, target, classes, accuracy, calibrationError, threshold, slides, patients, synthetic,
             ofTiles, statement);
  const SlideCall call;
  const auto& [itsFacts, scores, probabilities, evidence, classOfTile, region, regionTiles, regionMm2,
               byTemplates] = call;
  layout.add(call, itsFacts, scores, probabilities, evidence, classOfTile, region, regionTiles, regionMm2,
             byTemplates);
  const TemplateCall nearest;
  const auto& [itsTarget, source, names, distance, nearestClass, p, rows, predicted, wellPredicted, shares] =
      nearest;
  layout.add(nearest, itsTarget, source, names, distance, nearestClass, p, rows, predicted, wellPredicted,
             shares);
}

void addGenes(Layout& layout) {
  const GenePrediction gene;
  const auto& [symbol, group, value, mean, percentile, r, ciLow, ciHigh, well, spread, baseline, count,
               area] = gene;
  layout.add(gene, symbol, group, value, mean, percentile, r, ciLow, ciHigh, well, spread, baseline, count,
             area);
  const Hotspot hotspot;
  const auto& [ofGene, rank, itsArea, itsMean, cells, rings] = hotspot;
  layout.add(hotspot, ofGene, rank, itsArea, itsMean, cells, rings);
  const PredictionSeconds seconds;
  const auto& [tissue, read, encode, aggregate, total] = seconds;
  layout.add(seconds, tissue, read, encode, aggregate, total);
  const GeneMap map;
  const auto& [attention, expression, contribution, hotspots] = map;
  layout.add(map, attention, expression, contribution, hotspots);
  const GeneMapSource source;
  const auto& [of, isAtHand, valuesWithout] = source;
  layout.add(source, of, isAtHand, valuesWithout);
  const PanelGene panelGene;
  const auto& [itsSymbol, low] = panelGene;
  layout.add(panelGene, itsSymbol, low);
  const GeneGroup geneGroup;
  const auto& [name, title, colour, itsGenes] = geneGroup;
  layout.add(geneGroup, name, title, colour, itsGenes);
  const GenePanel panel;
  const auto& [groups] = panel;
  layout.add(panel, groups);
}

void addPrediction(Layout& layout) {
  const TileGrid::Cell cell;
  const auto& [column, row] = cell;
  layout.add(cell, column, row);
  const TileGrid grid;
  const auto& [tile, stride, columns, rows, cells, left, top, cover] = grid;
  layout.add(grid, tile, stride, columns, rows, cells, left, top, cover);
  const TileGrid::Cover tiles;
  const auto& [corners, covered, firsts, covering] = tiles;
  layout.add(tiles, corners, covered, firsts, covering);
  const Prediction prediction;
  const auto& [slideFile, slideHash, slideSize, mpp, modelName, modelVersion, modelStatement, modelHash, unit,
               itsGrid, waiting, panel, genes, folds, maps, calls, precision, damaged, quality, seconds,
               domain, withheld] = prediction;
  layout.add(prediction, slideFile, slideHash, slideSize, mpp, modelName, modelVersion, modelStatement,
             modelHash, unit, itsGrid, waiting, panel, genes, folds, maps, calls, precision, damaged, quality,
             seconds, domain, withheld);
  const SlideQuality itsQuality;
  const auto& [penMm2, penTiles, focusJudged, blurred] = itsQuality;
  layout.add(itsQuality, penMm2, penTiles, focusJudged, blurred);
  const SlideDomain itsDomain;
  const auto& [distance, share, p, slides, outside] = itsDomain;
  layout.add(itsDomain, distance, share, p, slides, outside);
}

void addSpots(Layout& layout) {
  const MeasuredGene gene;
  const auto& [symbol, measured, predicted, r, low, high] = gene;
  layout.add(gene, symbol, measured, predicted, r, low, high);
  const MeasuredSpots spots;
  const auto& [file, hash, diameter, centres, genes, meanR, meanLow, meanHigh] = spots;
  layout.add(spots, file, hash, diameter, centres, genes, meanR, meanLow, meanHigh);
}

void addControls(Layout& layout) {
  const OverlayControl control;
  const auto& [key, name, kind, value, low, high, decimals, unit, choices] = control;
  layout.add(control, key, name, kind, value, low, high, decimals, unit, choices);
  layout.addEnum({OverlayControl::Kind::Tick, OverlayControl::Kind::Number, OverlayControl::Kind::Choice});
}

void addPlugin(Layout& layout) {
  const TissueMask mask;
  const auto& [columns, rows, step, cells, area, brightness, pen, penPixels] = mask;
  layout.add(mask, columns, rows, step, cells, area, brightness, pen, penPixels);
  const OverlayScene scene;
  const auto& [slide, tissue, prediction, gene, spots, sharpened, together, settings] = scene;
  layout.add(scene, slide, tissue, prediction, gene, spots, sharpened, together, settings);
  const GenesTogether several;
  const auto& [name, mix, unit, genes, meanZ, slideZ, named, known, used] = several;
  layout.add(several, name, mix, unit, genes, meanZ, slideZ, named, known, used);
  const GenesTogether::Gene oneOfThem;
  const auto& [symbol, heldOutR, values] = oneOfThem;
  layout.add(oneOfThem, symbol, heldOutR, values);
  const SharpenedMaps maps;
  const auto& [parts] = maps;
  layout.add(maps, parts);
  layout.addVirtual(&Overlay::heatmap);
  layout.addVirtual(&Overlay::defaultStyle);
  layout.addVirtual(&Overlay::paint);
  layout.addVirtual(&Overlay::key);
  layout.addVirtual(&Overlay::textAt);
  layout.addVirtual(&OverlayPlugin::controls);
  layout.addVirtual(&OverlayPlugin::mayMake);
  layout.addVirtual(&OverlayPlugin::make);
  const Error error;
  const auto& [sentence] = error;
  layout.add(error, sentence);
}

std::string layoutText() {
  Layout layout;
  for (const auto add :
       {addSlide, addCanvas, addCalls, addGenes, addPrediction, addSpots, addControls, addPlugin})
    add(layout);
  return layout.text();
}

}  // namespace

class OverlayInterfaceTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theNumberRisesWithEveryChangeOfWhatAPluginIsCompiledAgainst() {
    const std::string layout = layoutText();
    const std::string fingerprint = sha256(layout);
    const bool sameNumber = std::string(GENEGLASS_OVERLAY_INTERFACE) == kInterface;
    const std::string told =
        fingerprint != kFingerprint && sameNumber
            ? "What an overlay plugin is compiled against has changed, and GENEGLASS_OVERLAY_INTERFACE is "
              "still " +
                  std::string(kInterface) +
                  ": raise its number in overlays/overlay_plugin.h, and write number and fingerprint here. "
            : "Write the new number and fingerprint here. ";
    QVERIFY2(fingerprint == kFingerprint && sameNumber,
             (told + "The fingerprint is " + fingerprint + " of:\n" + layout).c_str());
  }

  void aMemberThatFillsAGapOrMovesAVirtualFunctionChangesTheFingerprint() {
    struct Before {
      int number = 0;
      double value = 0;
    };
    struct After {
      int number = 0;
      bool filled = false;
      double value = 0;
    };
    static_assert(sizeof(Before) == sizeof(After));
    const Before before;
    const After after;
    Layout first, second;
    first.add(before, before.number, before.value);
    second.add(after, after.number, after.filled, after.value);
    const auto members = [](const std::string& line) { return line.substr(line.find(' ')); };
    QVERIFY(members(first.text()) != members(second.text()));
    Layout paint, text;
    paint.addVirtual(&Overlay::paint);
    text.addVirtual(&Overlay::textAt);
    QVERIFY(members(paint.text()) != members(text.text()));
  }
};

}  // namespace geneglass::overlay_interface_test

GENEGLASS_TEST(geneglass::overlay_interface_test::OverlayInterfaceTest)
#include "overlay_interface_test.moc"
