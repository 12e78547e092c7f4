// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_program.h"
#include "tests/viewer/annotation/annotation_folder.h"
#include "viewer/slide/open_slide.h"

namespace geneglass::ndpa_xml_test {

using namespace geneglass::testing;

const SlideFrame kSlide{
    .size = {1000, 600}, .mpp = Mpp{0.25, 0.5}, .scanCentre = Point{1'000'000, -2'000'000}};

std::string state(const std::string& annotation, const std::string& title = "Tumour") {
  return "<ndpviewstate id=\"1\"><title>" + title +
         "</title><details>seen</details><coordformat>nanometers</coordformat>" + annotation +
         "</ndpviewstate>";
}

std::string file(const std::string& states) {
  return "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?><annotations>" + states +
         "</annotations>";
}

std::string freehand(const std::string& closed) {
  return "<annotation type=\"freehand\" displayname=\"AnnotateFreehand\" color=\"#00ff00\">" + closed +
         "<pointlist><point><x>1000000</x><y>-2000000</y></point><point><x>1025000</x><y>-2000000</y></point>"
         "<point><x>1025000</x><y>-1950000</y></point></pointlist></annotation>";
}

class NdpaXmlTest final : public QObject {
  Q_OBJECT

  AnnotationFolder m_folder;

 private Q_SLOTS:
  void nanometresFromTheCentreOfTheGlassBecomePixelsOnEachAxis() {
    const auto read = m_folder.read(file(state(freehand("<closed>1</closed>"))), &kSlide);
    QVERIFY2(bool(read), remarksOf(read).c_str());
    QCOMPARE(std::get<Area>(read->annotations.front().shape),
             (Area{{{{{500, 300}, {600, 300}, {600, 400}}, {}}}}));
    QCOMPARE(read->annotations.front().className + "|" + read->annotations.front().notes,
             std::string("Tumour|seen"));
    QCOMPARE(classesOf(read), std::string("Tumour ff00ff00;"));
    QCOMPARE(remarksOf(read), std::string("The titles of the annotations came in as their classes."));
  }

  void eachTypeComesInAsWhatItIs() {
    const std::string place = "<x>1000000</x><y>-2000000</y>",
                      line = "<x1>1000000</x1><y1>-2000000</y1><x2>1250000</x2><y2>-2000000</y2>";
    const auto read = m_folder.read(
        file(state(freehand("<closed>0</closed>")) +
             state("<annotation type=\"circle\">" + place + "<radius>50000</radius></annotation>") +
             state("<annotation type=\"pin\">" + place + "</annotation>") +
             state("<annotation type=\"linearmeasure\">" + line + "</annotation>") +
             state("<annotation type=\"pointer\">" + line + "</annotation>") +
             state("<annotation type=\"text\"/>") + state("")),
        &kSlide);
    QCOMPARE(kindsOf(read), std::string("Path 3 | Ellipse | Places 1 | Path 2 | Path 2"));
    QCOMPARE(std::get<Ellipse>(read->annotations[1].shape), (Ellipse{{500, 300}, 200, 100, 0}));
    QCOMPARE(remarksOf(read),
             std::string("The titles of the annotations came in as their classes.\n1 pointer came in as a "
                         "line.\n2 of types that are no shapes were left out."));
  }

  void withoutItsSlideItIsRefusedWithTheReason() {
    const std::string given = m_folder.keep(file(state(freehand("<closed>1</closed>"))));
    const auto sentence = [&](const SlideFrame* slide) { return remarksOf(readAnnotations(given, slide)); };
    QCOMPARE(sentence(nullptr),
             "Cannot read '" + given +
                 "': an NDPA counts from the centre of the glass: its NDPI slide must be given with it.");
    SlideFrame slide = kSlide;
    slide.scanCentre.reset();
    QCOMPARE(sentence(&slide), "Cannot read '" + given +
                                   "': an NDPA counts from the centre of the glass, and the slide does not "
                                   "say where that is: only NDPI slides do.");
    slide.mpp.reset();
    Annotation one;
    one.shape = Places{{{1, 1}}};
    QCOMPARE(sentence(&slide),
             "Cannot read '" + given +
                 "': an NDPA is in nanometres, and the slide does not say how large its pixels are.");
    QCOMPARE(m_folder.written(AnnotationSet({}, {one}), "ndpa"),
             "Cannot write '" + m_folder.path("written") +
                 "': an NDPA counts from the centre of the glass: its NDPI slide must be given with it.");
  }

  void whatIsWrittenComesBackToThePixel() {
    Annotation area, circle;
    area.shape = Area{{{{{500.5, 300.25}, {600, 300}, {600, 400}}, {}}}};
    area.className = "T & <U>";
    circle.shape = Ellipse{{500, 300}, 200, 100, 0};
    const auto read = m_folder.through(AnnotationSet({}, {area, circle}), "ndpa", &kSlide);
    QVERIFY2(bool(read), remarksOf(read).c_str());
    QCOMPARE(kindsOf(read), std::string("Polygon 3 | Ellipse"));
    QCOMPARE(read->annotations[0].className, std::string("T & <U>"));
    const Point first = std::get<Area>(read->annotations[0].shape).parts[0].outer[0];
    QVERIFY(std::abs(first.x - 500.5) < 0.01 && std::abs(first.y - 300.25) < 0.01);
  }

  void aRealNdpiSaysWhereItsScanLies() {
    GENEGLASS_NEED(ndpi, "slides/fluorescence.ndpi");
    GENEGLASS_NEED(svs, "slides/CMU-1-Small-Region.svs");
    const auto hamamatsu = openSlide(ndpi), aperio = openSlide(svs);
    const SlideFrame frame = frameOf(*hamamatsu->slide);
    QVERIFY(frame.scanCentre && frame.mpp);
    QVERIFY(std::abs(frame.scanCentre->x) < 40e6 &&
            std::abs(frame.scanCentre->y) < 15e6);  // on a glass of 76 x 26 mm
    QVERIFY(!frameOf(*aperio->slide).scanCentre);
    Annotation one;
    one.shape = Places{{{100, 200}}};
    const auto read = m_folder.through(AnnotationSet({}, {one}), "ndpa", &frame);
    const Point back = std::get<Places>(read->annotations.front().shape).points.front();
    QVERIFY(std::abs(back.x - 100) < 0.01 && std::abs(back.y - 200) < 0.01);
  }
};

}  // namespace geneglass::ndpa_xml_test

GENEGLASS_TEST(geneglass::ndpa_xml_test::NdpaXmlTest)
#include "ndpa_xml_test.moc"
