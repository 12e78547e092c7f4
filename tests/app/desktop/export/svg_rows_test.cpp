// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/export/svg_rows.h"

#include <QImage>
#include <QTest>
#include <QXmlStreamReader>
#include <numbers>

#include "tests/support/window_test_program.h"

namespace geneglass::svg_rows_test {
namespace {

struct SvgPath {
  QString group, id, stroke, width, line, title;
};
struct SvgFile {
  QSize size;
  QString description;
  QImage picture;
  QStringList groups;
  std::vector<SvgPath> paths;
  QString error;
};

SvgFile parsed(const QByteArray& text) {
  SvgFile file;
  QXmlStreamReader xml(text);
  while (!xml.atEnd()) {
    if (xml.readNext() != QXmlStreamReader::StartElement) continue;
    const auto attribute = [&](const char* name) {
      return xml.attributes().value(QLatin1String(name)).toString();
    };
    const QString name = xml.name().toString();
    if (name == u"svg") file.size = {attribute("width").toInt(), attribute("height").toInt()};
    if (name == u"desc") file.description = xml.readElementText();
    if (name == u"g") file.groups << attribute("data-class");
    if (name == u"path")
      file.paths.push_back({file.groups.last(),
                            attribute("id"),
                            attribute("stroke"),
                            attribute("stroke-width"),
                            attribute("d"),
                            {}});
    if (name == u"title") file.paths.back().title = xml.readElementText();
    if (name == u"image") {
      const QString link = xml.attributes()
                               .value(QStringLiteral("http://www.w3.org/1999/xlink"), QStringLiteral("href"))
                               .toString();
      const QString head = QStringLiteral("data:image/jpeg;base64,");
      if (link.startsWith(head))
        file.picture.loadFromData(QByteArray::fromBase64(link.mid(head.size()).toLatin1()));
    }
  }
  file.error = xml.hasError() ? xml.errorString() : QString();
  return file;
}

QByteArray svgOf(const DrawnAnnotations& drawn) {
  QByteArray text;
  QImage picture(200, 100, QImage::Format_RGB32);
  picture.fill(QColor(200, 120, 160));
  SvgRows rows([&](const void* bytes,
                   size_t count) { text.append(static_cast<const char*>(bytes), qsizetype(count)); },
               {{200, 100}, 0.5, {{"Slide", "a <b> & c.tif"}}}, drawn);
  rows.append(picture.copy(0, 0, 200, 60));
  rows.append(picture.copy(0, 60, 200, 40));
  rows.finish();
  return text;
}

Annotation made(const char* id, const char* className, Shape shape) {
  Annotation one;
  one.id = id;
  one.className = className;
  one.shape = std::move(shape);
  return one;
}

/// Level-0 pixels 1000 to 1400 by 500 to 700 on 200 x 100.
const Viewport kView{{1200, 600}, 2, 0, 200, 100};

}  // namespace

class SvgRowsTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void thePictureIsInItAndADescription() {
    const SvgFile file = parsed(svgOf({}));
    QCOMPARE(file.error, QString());
    QCOMPARE(file.size, QSize(200, 100));
    QCOMPARE(file.picture.size(), QSize(200, 100));
    QVERIFY(qAbs(qRed(file.picture.pixel(100, 80)) - 200) < 4);
    QCOMPARE(file.description, QStringLiteral("Slide: a <b> & c.tif\n"));
    QVERIFY(file.paths.empty());
  }

  void everyAnnotationInViewIsAPathInTheGroupOfItsClass() {
    Annotation named = made("one", "Tumour", rectangleArea({1010, 510, 20, 40}));
    named.name = "Edge & <rim>";
    Annotation own = made("three", "", Path{{{1000, 500}, {1400, 700}}});
    own.colour = 0xff123456;
    const auto set = std::make_shared<const AnnotationSet>(
        std::vector<AnnotationClass>{{"Tumour", 0xffc80000}, {"Stroma", 0xff00c800}},
        std::vector{named, made("two", "Stroma", Ellipse{{1200, 600}, 40, 20, 0}), own,
                    made("elsewhere", "Tumour", rectangleArea({9000, 9000, 20, 20})),
                    made("four", "Tumour", Places{{{1100, 600}, {1110, 620}}})});
    const SvgFile file = parsed(svgOf({set, kView, 3}));
    QCOMPARE(file.error, QString());
    QCOMPARE(file.paths.size(), size_t{4});
    QCOMPARE(file.groups, (QStringList{QString(), QStringLiteral("Stroma"), QStringLiteral("Tumour")}));
    const auto path = [&](const char* id) {
      for (const SvgPath& one : file.paths)
        if (one.id == QLatin1String(id)) return one;
      return SvgPath();
    };
    QCOMPARE(path("a-one").line, QStringLiteral("M5.00 5.00 L15.00 5.00 L15.00 25.00 L5.00 25.00 Z"));
    QCOMPARE(path("a-one").title, QStringLiteral("Tumour: Edge & <rim>"));
    QCOMPARE(path("a-two").group, QStringLiteral("Stroma"));
    QCOMPARE(path("a-three").stroke, QStringLiteral("#123456"));
    QCOMPARE(path("a-four").line, QStringLiteral("M50.00 50.00 h0 M55.00 60.00 h0"));
    QCOMPARE(path("a-four").width, QStringLiteral("21.00"));
  }

  void anEllipseIsTwoArcsTurnedWithTheView() {
    const Ellipse ellipse{{1200, 600}, 40, 20, std::numbers::pi / 6};
    Viewport turned = kView;
    turned.rotation = std::numbers::pi / 3;
    QCOMPARE(pathOf(ellipse, turned),
             QStringLiteral(
                 "M100.00 70.00 A20.00 10.00 90.00 0 1 100.00 30.00 A20.00 10.00 90.00 0 1 100.00 70.00 Z"));
    Viewport mirrored = kView;
    mirrored.isMirrored = true;
    QVERIFY2(pathOf(ellipse, mirrored).contains(QStringLiteral(" A20.00 10.00 -30.00 0 1 ")),
             qPrintable(pathOf(ellipse, mirrored)));
  }

  void aHoleIsPartOfItsPath() {
    const Area ring{{{{{1000, 500}, {1100, 500}, {1100, 600}}, {{{1020, 510}, {1080, 510}, {1080, 570}}}}}};
    QCOMPARE(pathOf(ring, kView).count(u'Z'), 2);
    QCOMPARE(pathOf(ring, kView).count(u'M'), 2);
  }

  void idsThatXmlDoesNotTakeAreMendedAndStayUnique() {
    const auto set = std::make_shared<const AnnotationSet>(
        std::vector<AnnotationClass>(),
        std::vector{made("a b", "", Places{{{1100, 600}}}), made("a/b", "", Places{{{1100, 600}}})});
    const SvgFile file = parsed(svgOf({set, kView, 1}));
    QCOMPARE(file.paths.size(), size_t{2});
    QCOMPARE(file.paths[0].id, QStringLiteral("a-a_b"));
    QCOMPARE(file.paths[1].id, QStringLiteral("a-a_b-2"));
  }
};

}  // namespace geneglass::svg_rows_test

GENEGLASS_WINDOW_TEST(geneglass::svg_rows_test::SvgRowsTest)
#include "svg_rows_test.moc"
