// SPDX-License-Identifier: GPL-3.0-or-later
#include <nlohmann/json.hpp>

#include "tests/support/test_program.h"
#include "tests/viewer/annotation/annotation_folder.h"

namespace geneglass::histomics_json_test {

using namespace geneglass::testing;

constexpr const char* kLine = R"("points":[[0,0,0],[10,0,0],[10,10,0]])";

std::string document(const std::string& elements, const std::string& name = "Doc") {
  return "{\"name\":\"" + name + "\",\"description\":\"\",\"elements\":[" + elements + "]}";
}

class HistomicsJsonTest final : public QObject {
  Q_OBJECT

  AnnotationFolder m_folder;

 private Q_SLOTS:
  void aLineIsOpenUnlessItSaysClosed() {
    const std::string line = std::string(R"({"type":"polyline",)") + kLine;
    const auto read =
        m_folder.read(document(line + "}," + line + R"(,"closed":true},)" + line + R"(,"closed":false})"));
    QCOMPARE(kindsOf(read), std::string("Path 3 | Polygon 3 | Path 3"));
  }

  void rotationsAreRadiansClockwiseOnTheSlide() {
    const auto read = m_folder.read(document(
        R"({"type":"rectangle","center":[100,100,0],"width":40,"height":20,"rotation":1.5707963267948966},)"
        R"({"type":"ellipse","center":[100,100,0],"width":40,"height":20,"rotation":0.5})"));
    const Rect box = boundsOf(read->annotations[0].shape);
    QVERIFY(std::abs(box.x - 90) < 1e-9 && std::abs(box.y - 80) < 1e-9 && std::abs(box.width - 20) < 1e-9);
    const Point first = std::get<Area>(read->annotations[0].shape).parts[0].outer[0];
    QVERIFY(std::abs(first.x - 110) < 1e-9 && std::abs(first.y - 80) < 1e-9);
    QCOMPARE(std::get<Ellipse>(read->annotations[1].shape), (Ellipse{{100, 100}, 20, 10, 0.5}));
  }

  void eachElementComesInAsWhatItIs() {
    const auto read = m_folder.read(document(
        R"({"type":"point","center":[1,2,0]},{"type":"circle","center":[1,2,0],"radius":5},{"type":"arrow","points":[[5,6,0],[7,8,0]]},)"
        R"({"type":"rectanglegrid","center":[1,2,0],"width":4,"height":4,"rotation":0},{"type":"heatmap","points":[[1,2,0,3]]},)"
        R"({"type":"polyline","closed":true,"points":[[0,0,0],[9,0,0],[9,9,0]],"holes":[[[5,1,0],[6,1,0],[6,2,0]]]})"));
    QCOMPARE(kindsOf(read), std::string("Places 1 | Ellipse | Path 2 | Polygon 4 | Polygon 3+3"));
    QCOMPARE(remarksOf(read),
             std::string("1 arrow came in as a line.\n1 grid came in as a rectangle.\n"
                         "1 heat map, image or other element that is no shape was left out."));
  }

  void whatItSaysOfAnElementComesIn() {
    const auto read = m_folder.read(document(
        R"j({"type":"point","center":[1,2,0],"id":"0123456789abcdef01234567","group":"Tumour","label":{"value":"left"},"lineColor":"rgb(200, 0, 16)"})j"));
    QVERIFY2(bool(read), remarksOf(read).c_str());
    const Annotation& one = read->annotations.front();
    QCOMPARE(one.id + "|" + one.className + "|" + one.name,
             std::string("0123456789abcdef01234567|Tumour|left"));
    QCOMPARE(classesOf(read), std::string("Tumour ffc80010;"));
  }

  void withoutAGroupTheDocumentsNameIsTheClass() {
    const std::string point = R"({"type":"point","center":[1,2,0]})";
    const std::string wrapped = R"({"_id":"5","annotation":)" + document(point, "Stroma") + "}";
    const auto read = m_folder.read("[" + wrapped + R"(,{"annotation":)" + document(point, "Tumour") + "}]");
    QVERIFY2(bool(read), remarksOf(read).c_str());
    QCOMPARE(read->annotations[0].className + "|" + read->annotations[1].className,
             std::string("Stroma|Tumour"));
    QCOMPARE(m_folder.read(wrapped)->annotations[0].className, std::string("Stroma"));
    QCOMPARE(kindsOf(m_folder.read("{\"elements\":[" + point + "]}")), std::string("Places 1"));
  }

  void elementsWithoutWhatTheyNeedAreLeftOut() {
    const auto read = m_folder.read(document(
        R"({"type":"point","center":[1,2,0]},{"type":"point"},{"type":"circle","center":[1,1]},{"type":"polyline","closed":true})"));
    QCOMPARE(remarksOf(read),
             std::string("2 with coordinates that are no places on a slide were left out.\n1 "
                         "with too few points to be drawn was left out."));
  }

  void whatIsWrittenIsWhatTheSchemaAsks() {
    Annotation one;
    one.shape = rectangleArea({10, 20, 30, 40});
    one.className = "T";
    const auto written =
        nlohmann::json::parse(m_folder.written(AnnotationSet({{"T", 0xff0000ff}}, {one}), "histomics"));
    QCOMPARE(written["elements"].dump(),
             std::string("[{\"center\":[25,40,0],\"group\":\"T\",\"height\":40,\"lineColor\":\"#0000ff\","
                         "\"rotation\":0,\"type\":\"rectangle\",\"width\":30}]"));
  }
};

}  // namespace geneglass::histomics_json_test

GENEGLASS_TEST(geneglass::histomics_json_test::HistomicsJsonTest)
#include "histomics_json_test.moc"
