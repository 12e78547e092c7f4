// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/regions/shapes_file.h"

#include <QTemporaryDir>
#include <QtTest>
#include <fstream>
#include <nlohmann/json.hpp>

#include "inference/prediction/withheld.h"
#include "tests/support/made_prediction.h"
#include "tests/support/test_program.h"

namespace geneglass::shapes_file_test {

using nlohmann::json;

class ShapesFileTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::filesystem::path file() const { return m_folder.filePath(QStringLiteral("a.geojson")).toStdString(); }

  json written(const Prediction& prediction) const {
    ShapesFile shapes;
    for (size_t gene = 0; gene < prediction.genes.size(); ++gene)
      shapes.add(prediction, gene, *prediction.maps.of(gene).value());
    const auto count = shapes.write(file(), prediction, {.size = prediction.slideSize});
    if (!count) return {};
    json read = json::parse(std::ifstream(file()), nullptr, false);
    return *count == read["features"].size() ? read : json();
  }

 private Q_SLOTS:
  void hotspotsAreWhatQuPathOpens() {
    const json made = written(testing::madePrediction());
    QCOMPARE(made["type"].get<std::string>(), std::string("FeatureCollection"));
    QCOMPARE(made["features"].size(), size_t(2));
    const json& first = made["features"][0];
    QCOMPARE(first["type"].get<std::string>(), std::string("Feature"));
    QCOMPARE(first["id"].get<std::string>().size(), size_t(36));
    QCOMPARE(first["geometry"]["type"].get<std::string>(), std::string("Polygon"));
    const json& ring = first["geometry"]["coordinates"][0];
    QVERIFY(ring.front() == ring.back() && ring.size() == 5);
    const json& facts = first["properties"];
    QCOMPARE(facts["objectType"].get<std::string>(), std::string("annotation"));
    QCOMPARE(facts["name"].get<std::string>(), std::string("FSCN1 1"));
    QCOMPARE(facts["classification"]["name"].get<std::string>(), std::string("Hotspot"));
    QCOMPARE(facts["classification"]["color"].size(), size_t(3));
    QCOMPARE(facts["measurements"]["Rank"].get<double>(), 1.0);
    QCOMPARE(facts["measurements"]["Area mm^2"].get<double>(), 6 * 0.2 * 0.2);
    QCOMPARE(facts["measurements"]["Held-out r"].get<double>(), 0.71);
    QCOMPARE(made["features"][1]["properties"]["measurements"]["Rank"].get<double>(), 2.0);
  }

  void theRegionOfACallIsThereWithItsClass() {
    Prediction prediction = testing::madePrediction();
    SlideCall call;
    call.probabilities = {0.1, 0.9};
    call.region = {{{0, 0}, {800, 0}, {800, 400}, {0, 400}}};
    call.regionTiles = 2;
    call.regionMm2 = 0.08;
    prediction.calls = {call};
    const json made = written(prediction);
    QCOMPARE(made["features"].size(), size_t(3));
    const json& facts = made["features"][2]["properties"];
    QCOMPARE(facts["classification"]["name"].get<std::string>(), std::string("tumour"));
    QCOMPARE(facts["measurements"]["Area mm^2"].get<double>(), 0.08);
    QCOMPARE(facts["measurements"]["Probability"].get<double>(), 0.9);
  }

  void whatIsWithheldIsNotInTheFile() {
    Prediction prediction = testing::madePrediction();
    ShapesFile shapes;
    shapes.add(prediction, 0, *prediction.maps.of(0).value());
    const auto count = shapes.write(file(), withhold(prediction), {.size = prediction.slideSize});
    QVERIFY(count);
    QCOMPARE(*count, size_t(0));
    QVERIFY(json::parse(std::ifstream(file()))["features"].empty());
  }

  void whatIsNotFiniteIsNoMeasurement() {
    Annotation annotation;
    annotation.id = "a";
    annotation.shape = Places{{{1, 2}}};
    const AnnotationSet set({}, {annotation});
    const auto text = geoJsonText(set, nullptr, {{"a", {{"none", NAN}, {"one", 1.5}, {"two", 2}}}});
    QVERIFY(text);
    const json read = json::parse(text->text);
    QCOMPARE(read["features"][0]["properties"]["measurements"].dump(), std::string(R"({"one":1.5,"two":2})"));
  }

  void whatCannotBeWrittenIsNamed() {
    const auto count = ShapesFile().write("/nowhere/at/all.geojson", testing::madePrediction(), {});
    QVERIFY(!count);
    QVERIFY(count.error().sentence.starts_with("Cannot write '/nowhere/at/all.geojson': "));
  }
};

}  // namespace geneglass::shapes_file_test

GENEGLASS_TEST(geneglass::shapes_file_test::ShapesFileTest)
#include "shapes_file_test.moc"
