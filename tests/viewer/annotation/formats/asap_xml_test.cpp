// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_program.h"
#include "tests/viewer/annotation/annotation_folder.h"
#include "viewer/annotation/shape_algebra.h"

namespace geneglass::asap_xml_test {

using namespace geneglass::testing;

std::string coordinate(int order, const char* x, const char* y) {
  return fmt::format("<Coordinate Order=\"{}\" X=\"{}\" Y=\"{}\"/>", order, x, y);
}

const std::string kThree = coordinate(2, "10", "10") + coordinate(0, "1", "1") + coordinate(1, "10", "1");

std::string annotation(const char* type, const std::string& coordinates, const char* group = "None") {
  return fmt::format(
      "<Annotation Name=\"Annotation 0\" Type=\"{}\" PartOfGroup=\"{}\" "
      "Color=\"#F4FA58\"><Coordinates>{}</Coordinates></Annotation>",
      type, group, coordinates);
}

std::string group(const char* name, const char* parent) {
  return fmt::format("<Group Name=\"{}\" PartOfGroup=\"{}\" Color=\"#64FE2E\"><Attributes/></Group>", name,
                     parent);
}

std::string file(const std::string& annotations, const std::string& groups = "") {
  return "<?xml version=\"1.0\"?>\n<ASAP_Annotations><Annotations>" + annotations +
         "</Annotations><AnnotationGroups>" + groups + "</AnnotationGroups></ASAP_Annotations>";
}

class AsapXmlTest final : public QObject {
  Q_OBJECT

  AnnotationFolder m_folder;

 private Q_SLOTS:
  void pointsComeInTheirOrderNotAsTheyStand() {
    const auto read = m_folder.read(file(annotation("Polygon", kThree)));
    QVERIFY2(bool(read), remarksOf(read).c_str());
    QCOMPARE(std::get<Area>(read->annotations.front().shape), (Area{{{{{1, 1}, {10, 1}, {10, 10}}, {}}}}));
    QCOMPARE(*read->annotations.front().colour, 0xfff4fa58u);
  }

  void eachTypeComesInAsWhatItIs() {
    const std::string two = coordinate(0, "1", "1") + coordinate(1, "5,5", "9.25");
    const auto read = m_folder.read(
        file(annotation("Polygon", kThree) + annotation("Rectangle", kThree) + annotation("Spline", kThree) +
             annotation("Dot", coordinate(0, "3", "4")) + annotation("PointSet", kThree) +
             annotation("Measurement", two) + annotation("Odd", kThree)));
    QCOMPARE(kindsOf(read),
             std::string("Polygon 3 | Polygon 3 | Polygon 3 | Places 1 | Places 3 | Path 2 | Polygon 3"));
    QCOMPARE(std::get<Path>(read->annotations[5].shape).points[1], (Point{5.5, 9.25}));
    QCOMPARE(
        remarksOf(read),
        std::string(
            "1 spline came in as a polygon through its points.\n1 of an unknown type came in as a polygon."));
  }

  void groupsWithinGroupsAreAPathOfClasses() {
    const auto read =
        m_folder.read(file(annotation("Polygon", kThree, "Child") + annotation("Polygon", kThree, "Absent"),
                           group("Child", "Parent") + group("Parent", "None")));
    QCOMPARE(read->annotations[0].className, std::string("Parent: Child"));
    QCOMPARE(read->annotations[1].className, std::string("Absent"));
    QCOMPARE(classesOf(read), std::string("Parent: Child ff64fe2e;"));
  }

  void groupsInACircleEnd() {
    const auto read =
        m_folder.read(file(annotation("Polygon", kThree, "A"), group("A", "B") + group("B", "A")));
    QCOMPARE(read->annotations.front().className, std::string("B: A"));
  }

  void aPolygonWithHolesIsOneLineThatEnclosesTheSame() {
    Annotation one;
    one.shape = Area{{{{{0, 0}, {100, 0}, {100, 100}, {0, 100}},
                       {{{10, 10}, {20, 10}, {20, 20}, {10, 20}}, {{50, 50}, {60, 50}, {60, 60}}}}}};
    const auto done = writeAnnotations(AnnotationSet({}, {one}), "asap", m_folder.path("holes"), nullptr);
    QCOMPARE(fmt::format("{}", fmt::join(done->remarks, "")),
             std::string("1 polygon with holes was written as one line that runs to each hole and back."));
    const auto read = readAnnotations(m_folder.path("holes"), nullptr);
    QCOMPARE(read->annotations.size(), size_t(1));
    const Area area = std::get<Area>(read->annotations.front().shape);
    QCOMPARE(squarePixels(area), squarePixels(std::get<Area>(one.shape)));
    QCOMPARE(mended(area).parts.front().holes.size(), size_t(2));
  }

  void whatTheFormatLacksIsSaid() {
    Annotation angle, line, ellipse, note;
    angle.shape = Angle{{0, 0}, {1, 1}, {2, 0}};
    line.shape = Path{{{0, 0}, {1, 1}, {2, 0}}};
    ellipse.shape = Ellipse{{50, 50}, 20, 10, 0};
    ellipse.locked = true;
    note.shape = Places{{{1, 1}}};
    note.notes = "x";
    const auto done = writeAnnotations(AnnotationSet({}, {angle, line, ellipse, note}), "asap",
                                       m_folder.path("lost"), nullptr);
    QCOMPARE(fmt::format("{}", fmt::join(done->remarks, "\n")),
             std::string("1 angle was left out: the format has none.\n1 line of more than two points was "
                         "left out: the format has none.\n"
                         "1 ellipse was written as a polygon.\n1 lock was left out: the format has none.\n1 "
                         "note was left out: the format has none."));
  }
};

}  // namespace geneglass::asap_xml_test

GENEGLASS_TEST(geneglass::asap_xml_test::AsapXmlTest)
#include "asap_xml_test.moc"
