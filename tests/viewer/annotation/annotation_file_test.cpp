// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/annotation/annotation_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cmath>

#include "tests/support/test_program.h"
#include "tests/viewer/annotation/annotation_folder.h"
#include "viewer/annotation/shape_algebra.h"

namespace geneglass::annotation_file_test {

using namespace geneglass::testing;

const SlideFrame kSlide{.size = {4000, 3000}, .mpp = Mpp{0.25, 0.25}, .scanCentre = Point{1e6, -2e6}};

Annotation made(const std::string& id, Shape shape) {
  Annotation annotation;
  annotation.id = id;
  annotation.shape = std::move(shape);
  annotation.className = "Tumour";
  return annotation;
}

/// One of each shape that all formats can hold.
AnnotationSet plainSet() {
  return AnnotationSet({{"Tumour", 0xffc80000}},
                       {made("a", rectangleArea({100, 200, 300, 400})),
                        made("b", Area{{{{{10.5, 20.25}, {110, 20}, {110, 120}, {60, 70}}, {}}}}),
                        made("c", Path{{{5, 5}, {205, 105}}}), made("d", Places{{{7, 9}}})});
}

/// One of each that only some can.
AnnotationSet richSet() {
  Annotation noted = made("n", Places{{{1, 2}, {3, 4}, {5, 6}}});
  noted.name = "count";
  noted.notes = "two\nlines";
  noted.colour = 0xff00ff00;
  noted.className = "Cells: CD8";
  noted.locked = true;
  const Area parts{{{{{0, 0}, {90, 0}, {90, 90}, {0, 90}}, {{{10, 10}, {10, 20}, {20, 20}}}},
                    {{{100, 0}, {150, 0}, {150, 50}}, {}}}};
  return AnnotationSet(
      {{"Tumour", 0xffc80000}, {"Cells: CD8", 0xff102030}},
      {noted, made("p", parts), made("e", Ellipse{{300, 200}, 40, 20, 0}),
       made("t", Ellipse{{300, 200}, 40, 20, 0.5}), made("l", Path{{{0, 0}, {9, 9}, {18, 0}}}),
       made("g", Angle{{0, 0}, {9, 9}, {18, 0}})});
}

double furthest(const Ring& ring, const Area& other) {
  double most = 0;
  for (const Point& p : ring) most = std::max(most, distanceTo(other, p));
  return most;
}

/// The furthest any corner of one lies from the other's lines.
double apart(const Area& a, const Area& b) {
  double most = 0;
  for (const auto& [from, to] : {std::pair{&a, &b}, {&b, &a}})
    for (const Polygon& part : from->parts) {
      most = std::max(most, furthest(part.outer, *to));
      for (const Ring& hole : part.holes) most = std::max(most, furthest(hole, *to));
    }
  return most;
}

class AnnotationFileTest final : public QObject {
  Q_OBJECT

  AnnotationFolder m_folder;

 private Q_SLOTS:
  void whatEveryFormatHoldsGoesThroughEachUnchanged() {
    const AnnotationSet set = plainSet();
    for (const AnnotationDialect& dialect : annotationDialects()) {
      const auto read = m_folder.through(set, dialect.key, &kSlide);
      QVERIFY2(bool(read), remarksOf(read).c_str());
      QCOMPARE(read->dialect, std::string(dialect.name));
      QCOMPARE(kindsOf(read), std::string("Polygon 4 | Polygon 4 | Path 2 | Places 1"));
      QCOMPARE(classesOf(read), std::string("Tumour ffc80000;"));
      for (size_t i = 0; i < 4; ++i) {
        const Annotation& back = read->annotations[i];
        QCOMPARE(back.className, std::string("Tumour"));
        const Rect before = boundsOf(set.all()[i]->shape), after = boundsOf(back.shape);
        QVERIFY2(std::abs(before.x - after.x) < 0.01 && std::abs(before.bottom() - after.bottom()) < 0.01,
                 dialect.key);
        if (const auto* area = std::get_if<Area>(&back.shape))
          QVERIFY2(apart(*area, std::get<Area>(set.all()[i]->shape)) < 0.01, dialect.key);
      }
    }
  }

  void ourGeoJsonHoldsAllThereIs() {
    const AnnotationSet set = richSet();
    const auto read = m_folder.through(set, "geojson");
    QVERIFY2(bool(read), remarksOf(read).c_str());
    QCOMPARE(remarksOf(read), std::string());
    const AnnotationSet back(read->classes, read->annotations);
    for (size_t i = 0; i < set.all().size(); ++i) {
      if (i != 1) QVERIFY2(*back.all()[i] == *set.all()[i], set.all()[i]->id.c_str());
    }
    QCOMPARE(apart(std::get<Area>(back.all()[1]->shape), std::get<Area>(set.all()[1]->shape)), 0.0);
    QCOMPARE(back.colourOf(*back.all()[1]), 0xffc80000u);
  }

  void theOthersHoldWhatTheySay() {
    const std::pair<const char*, const char*> expected[] = {
        {"asap", "Places 3 | Polygon 9 | Polygon 3 | Polygon 32 | Polygon 32"},
        {"imagescope", "Places 3 | Polygon 4+3 | Polygon 3 | Ellipse | Polygon 32 | Path 3 | Path 3"},
        {"histomics",
         "Places 1 | Places 1 | Places 1 | Polygon 4+3 | Polygon 3 | Ellipse | Ellipse | Path 3 | Path 3"},
        {"ndpa",
         "Places 1 | Places 1 | Places 1 | Polygon 9 | Polygon 3 | Polygon 32 | Polygon 32 | Path 3 | Path "
         "3"}};
    for (const auto& [key, kinds] : expected) {
      const auto read = m_folder.through(richSet(), key, &kSlide);
      QCOMPARE(kindsOf(read), std::string(kinds));
    }
  }

  void theSameRegionsOfTwoProgramsAreTheSame() {
    GENEGLASS_NEED(aperio, "annotations/TCGA-EJ-5519-01Z-00-DX1.aperio.xml");
    GENEGLASS_NEED(qupath, "annotations/TCGA-EJ-5519-01Z-00-DX1.qupath.json");
    const auto a = readAnnotations(aperio, nullptr), q = readAnnotations(qupath, nullptr);
    QCOMPARE(kindsOf(a), std::string("Polygon 2531 | Polygon 648 | Polygon 203"));
    QCOMPARE(kindsOf(q), std::string("Polygon 2130 | Polygon 169, Polygon 22, Polygon 4 | Polygon 584"));
    QCOMPARE(classesOf(a), std::string("CaP ff00ff00;"));
    QCOMPARE(classesOf(q), std::string("Tumor ffc80000;Other ffffc800;Negative ff7070e1;"));
    for (const auto& [i, j] : {std::pair{0, 0}, {1, 2}, {2, 1}}) {
      // The union drops two lines of no width in the first file, which QuPath dropped too.
      const Area one = united(std::get<Area>(a->annotations[static_cast<size_t>(i)].shape), {});
      const Area two = mended(std::get<Area>(q->annotations[static_cast<size_t>(j)].shape));
      QVERIFY2(apart(one, two) < 1, std::to_string(apart(one, two)).c_str());
      const double differing = squarePixels(without(one, two)) + squarePixels(without(two, one));
      QVERIFY2(differing < 1e-4 * squarePixels(one), std::to_string(differing).c_str());
    }
  }

  void aFileOfQuPath05ComesInWhole() {
    GENEGLASS_NEED(file, "annotations/dlup_qupath05.geojson");
    const auto read = readAnnotations(file, nullptr);
    QCOMPARE(kindsOf(read).substr(0, 8), std::string("Polygon "));
    QCOMPARE(read->annotations.size(), size_t(3));
    QCOMPARE(remarksOf(read), std::string());
    QCOMPARE(read->annotations[0].id + "|" + read->annotations[0].name,
             std::string("6423a977-ffff-48db-affc-cd11632010f0|UT"));
  }

  void whatCannotBeReadIsRefusedWithItsReason() {
    const std::string deep(5000, '['), wide = R"({"type":"Feature","geometry":)";
    const std::pair<std::string, std::string> cases[] = {
        {"", "it is empty"},
        {"hello", "it is in no format of annotations that is known here"},
        {"<svg/>", "it is in no format of annotations that is known here"},
        {wide, "it is cut short"},
        {"{\"type\":\"Feature", "it is cut short"},
        {R"({"features":[1,)", "it is cut short"},
        {R"({"features":[}]})", "it is no JSON (at byte 14)"},
        {"{\"name\":\"\xff\"}", "it is not UTF-8 text (at byte 10)"},
        {deep, "it is nested deeper than 100 levels"},
        {"{}", "there are no annotations in it"},
        {R"({"type":"FeatureCollection","features":[]})", "there are no annotations in it"},
        {R"({"type":"Point","coordinates":[1]})",
         "nothing in it can be drawn: 1 with coordinates that are no places on a slide was left out"},
        {"<Annotations><Annotation>", "it is no whole XML (at byte 24)"},
        {"<Annotations/>", "there are no annotations in it"},
        {"<ASAP_Annotations", "it is no whole XML (at byte 16)"}};
    for (const auto& [text, reason] : cases) {
      const std::string file = m_folder.keep(text);
      QCOMPARE(remarksOf(readAnnotations(file, nullptr)), "Cannot read '" + file + "': " + reason + ".");
    }
  }

  void whatIsNoFileIsRefusedAtOnce() {
    const std::string pipe = m_folder.path("pipe");
    QCOMPARE(mkfifo(pipe.c_str(), 0600), 0);
    QCOMPARE(remarksOf(readAnnotations(pipe, nullptr)), "Cannot read '" + pipe + "': it is no regular file.");
    QCOMPARE(remarksOf(readAnnotations("/none", nullptr)),
             std::string("Cannot read '/none': there is no such file."));
  }

  void aFileOfManyGigabytesIsRefusedUnread() {
    const std::string file = m_folder.keep("{\"features\":[");
    QCOMPARE(truncate(file.c_str(), off_t{2} << 30), 0);
    QCOMPARE(remarksOf(readAnnotations(file, nullptr)),
             "Cannot read '" + file + "': it has 2048 MiB, and annotations of at most 1024 MiB can be read.");
    const std::string xml = m_folder.keep("<Annotations>");
    QCOMPARE(truncate(xml.c_str(), off_t{2} << 30), 0);
    QCOMPARE(remarksOf(readAnnotations(xml, nullptr)),
             "Cannot read '" + xml + "': it has 2048 MiB, and annotations of at most 512 MiB can be read.");
  }

  void entitiesOfItsOwnAreNotExpanded() {
    const auto read = m_folder.read(
        "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;\">]>"
        "<Annotations><Annotation Name=\"&b;\"><Regions><Region Type=\"0\"><Vertices><Vertex X=\"0\" "
        "Y=\"0\"/>"
        "<Vertex X=\"9\" Y=\"0\"/><Vertex X=\"9\" "
        "Y=\"9\"/></Vertices></Region></Regions></Annotation></Annotations>");
    QCOMPARE(read->annotations.front().className, std::string("&b;"));
  }

  void aPlaceThatCannotBeWrittenLeavesTheOldFile() {
    QCOMPARE(m_folder.written(plainSet(), "kml"),
             "Cannot write '" + m_folder.path("written") + "': 'kml' is no format of annotations.");
    const auto nowhere = writeAnnotations(plainSet(), "geojson", "/none/x.geojson", nullptr);
    QCOMPARE(nowhere.error().sentence,
             std::string("Cannot write '/none/x.geojson': No such file or directory."));
  }

  void textsThatAreNoUtf8ComeInWithASignForIt() {
    const auto read = m_folder.read(
        "<Annotations><Annotation Name=\"a\xff z\"><Regions><Region Type=\"5\"><Vertices><Vertex X=\"0\" "
        "Y=\"0\"/></Vertices>"
        "</Region></Regions></Annotation></Annotations>");
    QCOMPARE(read->annotations.front().className, std::string("a\xef\xbf\xbd z"));
  }
};

}  // namespace geneglass::annotation_file_test

GENEGLASS_TEST(geneglass::annotation_file_test::AnnotationFileTest)
#include "annotation_file_test.moc"
