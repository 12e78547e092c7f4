// SPDX-License-Identifier: GPL-3.0-or-later
#include <nlohmann/json.hpp>

#include "tests/support/test_program.h"
#include "tests/viewer/annotation/annotation_folder.h"

namespace geneglass::geo_json_test {

using namespace geneglass::testing;
using Json = nlohmann::json;

constexpr const char* kSquare = R"({"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]]]})";

std::string feature(const std::string& geometry, const std::string& properties = "{}",
                    const std::string& more = "") {
  return R"({"type":"Feature","geometry":)" + geometry + R"(,"properties":)" + properties + more + "}";
}

std::string collection(const std::string& features) {
  return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}

AnnotationSet setOf(const Shape& shape) {
  Annotation annotation;
  annotation.id = "a";
  annotation.shape = shape;
  return AnnotationSet({}, {annotation});
}

class GeoJsonTest final : public QObject {
  Q_OBJECT

  AnnotationFolder m_folder;

 private Q_SLOTS:
  void aCollectionABareArrayAFeatureAndABareGeometryAllComeIn() {
    for (const std::string& text :
         {collection(feature(kSquare)), "[" + feature(kSquare) + "]", feature(kSquare), std::string(kSquare),
          "\xef\xbb\xbf " + feature(kSquare),
          R"({"features":[)" + feature(kSquare) + R"(],"type":"FeatureCollection"})"})
      QCOMPARE(kindsOf(m_folder.read(text)), std::string("Polygon 4"));
  }

  void whatQuPath05SaysOfAnAnnotationComesIn() {
    const auto read = m_folder.read(
        collection(feature(kSquare,
                           R"({"objectType":"annotation","name":"UT","color":[255,0,16],"isLocked":true,
            "classification":{"name":"Tumour","color":[200,0,0]},"metadata":{"ANNOTATION_DESCRIPTION":"seen"}})",
                           R"(,"id":"6423a977-ffff-48db-affc-cd11632010f0")")));
    QVERIFY2(bool(read), remarksOf(read).c_str());
    const Annotation& one = read->annotations.front();
    QCOMPARE(one.id, std::string("6423a977-ffff-48db-affc-cd11632010f0"));
    QCOMPARE(one.name, std::string("UT"));
    QCOMPARE(one.notes, std::string("seen"));
    QCOMPARE(one.className, std::string("Tumour"));
    QCOMPARE(*one.colour, 0xffff0010u);
    QVERIFY(one.locked);
    QCOMPARE(classesOf(read), std::string("Tumour ffc80000;"));
    QCOMPARE(remarksOf(read), std::string());
  }

  void theOldSignedColourAndTheIdOfAllComeInAsWhatTheyMean() {
    const std::string old = feature(kSquare, R"({"classification":{"name":"Tumor","colorRGB":-3670016}})",
                                    R"(,"id":"PathAnnotationObject")");
    const auto read = m_folder.read("[" + old + "," + old + "]");
    QCOMPARE(classesOf(read), std::string("Tumor ffc80000;"));
    for (const Annotation& one : read->annotations) QCOMPARE(one.id, std::string());
  }

  void oneIdOfSeveralIsTakenFromAll() {
    const std::string same = feature(kSquare, "{}", R"(,"id":"x")");
    const auto read =
        m_folder.read(collection(same + "," + same + "," + feature(kSquare, "{}", R"(,"id":"y")")));
    QCOMPARE(read->annotations[0].id + "|" + read->annotations[1].id + "|" + read->annotations[2].id,
             std::string("||y"));
  }

  void aPathOfClassNamesIsJoinedAndWrittenAsOne() {
    const auto read = m_folder.read(
        collection(feature(kSquare, R"({"classification":{"names":["Tumor","CD8"],"color":[1,2,3]}})")));
    QCOMPARE(classesOf(read), std::string("Tumor: CD8 ff010203;"));
    const Json written =
        Json::parse(m_folder.written(AnnotationSet(read->classes, read->annotations), "geojson"));
    QCOMPARE(written["features"][0]["properties"]["classification"].dump(),
             std::string(R"({"color":[1,2,3],"names":["Tumor","CD8"]})"));
  }

  void withoutAClassOrWithANullOneItIsKept() {
    const auto read = m_folder.read(
        collection(feature(kSquare, R"({"classification":null})") + "," + feature(kSquare, "null")));
    QCOMPARE(kindsOf(read), std::string("Polygon 4 | Polygon 4"));
    QCOMPARE(read->annotations[0].className, std::string());
  }

  void anEllipseIsMoreThanItsPolygon() {
    const auto read = m_folder.read(collection(
        feature(R"({"type":"Polygon","coordinates":[[[10,5],[5,9],[0,5],[5,1],[10,5]]],"isEllipse":true})")));
    QCOMPARE(std::get<Ellipse>(read->annotations.front().shape), (Ellipse{{5, 5}, 5, 4, 0}));
  }

  void childrenAndTheirChildrenComeIn() {
    const std::string grandchild = feature(kSquare, R"({"objectType":"detection"})");
    const std::string child = feature(kSquare, R"({"childObjects":[)" + grandchild + "]}");
    const auto read =
        m_folder.read(collection(feature("null", R"({"objectType":"root","childObjects":[)" + child + "]}")));
    QCOMPARE(kindsOf(read), std::string("Polygon 4 | Polygon 4"));
    QCOMPARE(remarksOf(read), std::string("1 detection, cell, tile or core came in as an annotation."));
  }

  void eachKindOfGeometryComesInAsWhatItIs() {
    const std::pair<const char*, const char*> kinds[] = {
        {R"({"type":"MultiPolygon","coordinates":[[[[0,0],[9,0],[9,9]],[[2,1],[3,1],[3,2]]],[[[20,0],[29,0],[29,9]]]]})",
         "Polygon 3+3, Polygon 3"},
        {R"({"type":"Point","coordinates":[1,2]})", "Places 1"},
        {R"({"type":"MultiPoint","coordinates":[[1,2],[3,4,0]]})", "Places 2"},
        {R"({"type":"LineString","coordinates":[[1,2],[3,4],[5,6]]})", "Path 3"},
        {R"({"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[5,6],[7,8]]]})", "Path 2 | Path 2"},
        {R"({"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9]]]},
             {"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9]]]}]})",
         "Polygon 3, Polygon 3 | Places 1"}};
    for (const auto& [geometry, expected] : kinds)
      QCOMPARE(kindsOf(m_folder.read(collection(feature(geometry)))), std::string(expected));
  }

  void whatIsLostIsSaidAndCounted() {
    const std::string cell = feature(
        kSquare,
        R"({"objectType":"cell","measurements":{"Area":NaN,"Max":1.5,"Min":-Infinity},"metadata":{"k":"v"}})",
        std::string(R"(,"nucleusGeometry":)") + kSquare);
    const std::string empty = feature(R"({"type":"Polygon","coordinates":[[[0,0],[1,1],[0,0]]]})");
    const auto read =
        m_folder.read(collection(cell + "," + cell + "," + empty + ",7," + feature(R"({"type":"Curve"})")));
    QCOMPARE(remarksOf(read), std::string("2 detections, cells, tiles or cores came in as annotations.\n"
                                          "2 nuclei within cells were left out.\n"
                                          "2 have measurements, which were left out.\n"
                                          "2 have metadata beside their descriptions, which were left out.\n"
                                          "1 with too few points to be drawn was left out.\n"
                                          "1 entry that is no feature was left out.\n"
                                          "1 of an unknown kind of geometry was left out."));
    QCOMPARE(kindsOf(read), std::string("Polygon 4 | Polygon 4"));
  }

  void coordinatesThatAreNoPlacesAreLeftOut() {
    const std::string bad[] = {"[[0,0],[NaN,0],[1,1]]", "[[0,0],[1e300,0],[1,1]]", "[[0,0],[\"x\",0],[1,1]]",
                               "[[0,0],[5],[1,1]]", "[[0,0],null,[1,1]]"};
    for (const std::string& ring : bad) {
      const auto read = m_folder.read(
          collection(feature(kSquare) + "," + feature(R"({"type":"Polygon","coordinates":[)" + ring + "]}")));
      QCOMPARE(remarksOf(read),
               std::string("1 with coordinates that are no places on a slide was left out."));
    }
  }

  void placesFarOutsideTheSlideAreKeptAndSaid() {
    const SlideFrame slide{.size = {100, 100}};
    const auto read =
        m_folder.read(collection(feature(R"({"type":"Point","coordinates":[5000,2]})")), &slide);
    QCOMPARE(remarksOf(read), std::string("1 lies outside the slide."));
    QCOMPARE(kindsOf(read), std::string("Places 1"));
  }

  void quPathCountsFromWhereTheScanBeginsAndSoDoWe() {
    const SlideFrame mirax{.size = {1000, 1000}, .boundsOffset = {100, 200}};
    const auto read = m_folder.read(collection(feature(R"({"type":"Point","coordinates":[1,2]})")), &mirax);
    QCOMPARE(std::get<Places>(read->annotations.front().shape).points.front(), (Point{101, 202}));
    QCOMPARE(remarksOf(read), std::string("Positions were counted from (100, 200), where the scanned part of "
                                          "the slide begins, as QuPath does."));
    const AnnotationSet set({}, read->annotations);
    QVERIFY(m_folder.written(set, "geojson", &mirax).find("[1, 2]") != std::string::npos);
  }

  void ringsAreClosedAndOnePartIsAPolygon() {
    const Json written = Json::parse(m_folder.written(setOf(rectangleArea({0, 0, 4, 5})), "geojson"));
    QCOMPARE(written["features"][0].dump(),
             std::string(
                 R"({"geometry":{"coordinates":[[[0,0],[4,0],[4,5],[0,5],[0,0]]],"type":"Polygon"},"id":"a",)"
                 R"("properties":{"objectType":"annotation"},"type":"Feature"})"));
  }

  void aPolygonThatCrossesItselfIsMendedAndSaid() {
    const auto done = writeAnnotations(setOf(Area{{{{{0, 0}, {10, 10}, {10, 0}, {0, 10}}, {}}}}), "geojson",
                                       m_folder.path("bow"), nullptr);
    QCOMPARE(fmt::format("{}", fmt::join(done->remarks, "")),
             std::string("1 area that crossed or touched itself was mended."));
    QCOMPARE(kindsOf(readAnnotations(m_folder.path("bow"), nullptr)), std::string("Polygon 3, Polygon 3"));
  }

  void whatHasNoExtentIsNotWritten() {
    const auto done = writeAnnotations(setOf(Area{{{{{0, 0}, {5, 5}, {9, 9}}, {}}}}), "geojson",
                                       m_folder.path("flat"), nullptr);
    QCOMPARE(fmt::format("{}", fmt::join(done->remarks, "")),
             std::string("1 area without extent was left out."));
    QCOMPARE(Json::parse(bytesOfFile(m_folder.path("flat")))["features"].size(), size_t(0));
  }

  void textsOfAnyKindAreEscaped() {
    Annotation one;
    one.shape = Places{{{1, 1}}};
    one.name = "\"quoted\" \\ \n\x01 \xc3\xa9";
    one.notes = "broken \xff";
    const auto read = m_folder.through(AnnotationSet({}, {one}), "geojson");
    QCOMPARE(read->annotations.front().name, one.name);
    QCOMPARE(read->annotations.front().notes, std::string("broken \xef\xbf\xbd"));
  }
};

}  // namespace geneglass::geo_json_test

GENEGLASS_TEST(geneglass::geo_json_test::GeoJsonTest)
#include "geo_json_test.moc"
