// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_program.h"
#include "tests/viewer/annotation/annotation_folder.h"
#include "viewer/annotation/shape_algebra.h"

namespace geneglass::image_scope_xml_test {

using namespace geneglass::testing;

std::string vertices(const std::vector<Point>& points) {
  std::string text = "<Vertices>";
  for (const Point& p : points) text += fmt::format("<Vertex X=\"{}\" Y=\"{}\" Z=\"0\"/>", p.x, p.y);
  return text + "</Vertices>";
}

std::string region(int type, const std::vector<Point>& points, const std::string& more = "") {
  return fmt::format("<Region Id=\"1\" Type=\"{}\" {}><Attributes/>{}</Region>", type, more,
                     vertices(points));
}

std::string layer(const std::string& regions,
                  const std::string& attributes = "Name=\"Tumour\" LineColor=\"255\"") {
  return "<Annotation Id=\"1\" " + attributes + "><Regions><RegionAttributeHeaders/>" + regions +
         "</Regions><Plots/></Annotation>";
}

std::string file(const std::string& layers, const std::string& mpp = "0") {
  return "<Annotations MicronsPerPixel=\"" + mpp + "\">" + layers + "</Annotations>";
}

const std::vector<Point> kBig{{0, 0}, {100, 0}, {100, 100}, {0, 100}},
    kSmall{{10, 10}, {20, 10}, {20, 20}, {10, 20}};

class ImageScopeXmlTest final : public QObject {
  Q_OBJECT

  AnnotationFolder m_folder;

 private Q_SLOTS:
  void aLayerIsAClassAndItsColourIsBlueGreenRed() {
    const auto read = m_folder.read(file(
        layer(region(0, kBig, "Text=\"left\""), "Name=\"Tumour\" LineColor=\"16711935\" ReadOnly=\"1\"")));
    QCOMPARE(classesOf(read), std::string("Tumour ffff00ff;"));
    QCOMPARE(classesOf(m_folder.read(file(layer(region(0, kBig))))), std::string("Tumour ffff0000;"));
    QCOMPARE(read->annotations.front().name, std::string("left"));
    QVERIFY(read->annotations.front().locked);
  }

  void aLayerWithoutANameIsCalledByItsAttribute() {
    const std::string attributes = "<Attributes><Attribute Name=\"{}\" Id=\"0\" Value=\"\"/></Attributes>";
    const auto classOf = [&](const std::string& name) {
      const auto read =
          m_folder.read(file("<Annotation LineColor=\"0\" Name=\"\"><Attributes><Attribute Name=\"" + name +
                             "\"/></Attributes><Regions>" + region(0, kBig) + "</Regions></Annotation>"));
      return read->annotations.front().className;
    };
    QCOMPARE(classOf("CaP"), std::string("CaP"));
    QCOMPARE(classOf("Description"), std::string(""));
  }

  void anEllipseIsTwoCornersOfItsBox() {
    const auto read = m_folder.read(file(layer(region(2, {{10, 40}, {50, 20}}))));
    QCOMPARE(std::get<Ellipse>(read->annotations.front().shape), (Ellipse{{30, 30}, 20, 10, 0}));
    const auto four = m_folder.read(file(layer(region(2, {{10, 20}, {50, 20}, {50, 40}, {10, 40}}))));
    QCOMPARE(std::get<Ellipse>(four->annotations.front().shape), (Ellipse{{30, 30}, 20, 10, 0}));
  }

  void typesAreWhatTheyAreAndARectangleOfManyPointsStaysItsLine() {
    const auto read = m_folder.read(
        file(layer(region(1, kBig) + region(1, {{0, 0}, {1, 0}, {2, 1}, {1, 2}, {0, 2}}) +
                   region(1, {{0, 0}, {9, 5}}) + region(3, {{0, 0}, {9, 9}}) + region(4, {{0, 0}, {9, 9}}) +
                   region(5, {{3, 4}}) + region(0, {{3, 4}, {5, 6}}))));
    QCOMPARE(kindsOf(read),
             std::string("Polygon 4 | Polygon 5 | Polygon 4 | Path 2 | Path 2 | Places 1 | Path 2"));
  }

  void aNegativeRegionIsAHoleAlsoBeforeItsRegion() {
    for (const std::string& regions : {region(0, kSmall, "NegativeROA=\"1\"") + region(0, kBig),
                                       region(0, kBig) + region(0, kSmall, "NegativeROA=\"1\"")})
      QCOMPARE(kindsOf(m_folder.read(file(layer(regions)))), std::string("Polygon 4+4"));
  }

  void aNegativeRegionBelongsToTheSmallestAround() {
    const std::vector<Point> middle{{5, 5}, {50, 5}, {50, 50}, {5, 50}};
    const auto read = m_folder.read(
        file(layer(region(0, kBig) + region(0, kSmall, "NegativeROA=\"1\"") + region(0, middle))));
    QCOMPARE(kindsOf(read), std::string("Polygon 4 | Polygon 4+4"));
  }

  void aNegativeRegionThatReachesOutTakesOnlyWhatIsThere() {
    const std::vector<Point> across{{90, 10}, {200, 10}, {200, 20}, {90, 20}};
    const auto read = m_folder.read(file(layer(region(0, kBig) + region(0, across, "NegativeROA=\"1\""))));
    QCOMPARE(squarePixels(std::get<Area>(read->annotations.front().shape)), 10000.0 - 100);
  }

  void aNegativeRegionOfNothingIsLeftOutAndSaid() {
    const std::vector<Point> far{{500, 500}, {600, 500}, {600, 600}};
    const auto read = m_folder.read(file(layer(region(0, kBig) + region(0, far, "NegativeROA=\"1\""))));
    QCOMPARE(remarksOf(read), std::string("1 negative region that lies in no other was left out."));
  }

  void anotherPixelSizeIsSaidAndNoneIsNot() {
    const SlideFrame slide{.size = {1000, 1000}, .mpp = Mpp{0.5, 0.5}};
    QCOMPARE(remarksOf(m_folder.read(file(layer(region(0, kBig)), "0.252"), &slide)),
             std::string("The file was made for 0.252 um a pixel, the slide has 0.5."));
    QCOMPARE(remarksOf(m_folder.read(file(layer(region(0, kBig)), "0"), &slide)), std::string());
    QCOMPARE(remarksOf(m_folder.read(file(layer(region(0, kBig)), "0.5001"), &slide)), std::string());
  }

  void coordinatesThatAreNoNumbersAreLeftOut() {
    for (const char* bad : {"nan", "inf", "1e300", "abc", "", "1;2", "-1e99999"}) {
      const std::string text =
          std::string("<Region Type=\"0\"><Vertices><Vertex X=\"") + bad +
          "\" Y=\"1\"/><Vertex X=\"1\" Y=\"2\"/><Vertex X=\"5\" Y=\"2\"/></Vertices></Region>";
      QCOMPARE(remarksOf(m_folder.read(file(layer(text + region(0, kBig))))),
               std::string("1 with coordinates that are no places on a slide was left out."));
    }
  }

  void holesAreWrittenAsNegativeRegionsBehindTheirs() {
    Annotation one;
    one.shape = Area{{{kBig, {kSmall}}}};
    one.className = "A & \"B\"";
    one.notes = "line 1\nline 2";
    one.colour = 0xff0000ff;
    const AnnotationSet set({{"A & \"B\"", 0xffff8000}}, {one});
    const std::string text = m_folder.written(set, "imagescope");
    QVERIFY2(text.find("LineColor=\"16711680\"") != std::string::npos, text.c_str());
    QVERIFY2(text.find("Name=\"A &amp; &quot;B&quot;\"") != std::string::npos, text.c_str());
    const auto read = m_folder.read(text);
    QCOMPARE(kindsOf(read), std::string("Polygon 4+4"));
    QCOMPARE(read->annotations.front().notes, one.notes);
    QCOMPARE(read->annotations.front().className, one.className);
  }
};

}  // namespace geneglass::image_scope_xml_test

GENEGLASS_TEST(geneglass::image_scope_xml_test::ImageScopeXmlTest)
#include "image_scope_xml_test.moc"
