// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/snapshots/annotation_series.h"

#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <numbers>

#include "app/desktop/snapshots/annotation_series_dialog.h"
#include "app/desktop/snapshots/snapshot_series.h"
#include "tests/support/window_test_program.h"

namespace geneglass::annotation_series_test {
namespace {

std::vector<SeriesAnnotation> twelve() {
  std::vector<SeriesAnnotation> made(12, {QStringLiteral("Area"), QStringLiteral("Tumour"), {0, 0, 100, 50}});
  made[2] = {QStringLiteral("front: in/out"), {}, {1000, 2000, 4000, 1000}, true};
  return made;
}

}  // namespace

class AnnotationSeriesTest final : public QObject {
  Q_OBJECT

  static std::string refusalOf(const char* pattern) {
    const auto names = annotationNames(QString::fromUtf8(pattern), QStringLiteral("a"), twelve());
    return names ? std::string() : names.error().sentence;
  }

 private Q_SLOTS:
  void aFileHasItsAnnotationsNumberAndName() {
    const auto names =
        annotationNames(QStringLiteral("{slide}-{number}-{name}.png"), QStringLiteral("a"), twelve());
    QCOMPARE(names->size(), 12);
    QCOMPARE((*names)[0], QStringLiteral("a-01-Area.png"));
    QCOMPARE((*names)[2], QStringLiteral("a-03-front_ in_out.png"));
    QCOMPARE(annotationNames(QStringLiteral("{class} {number}.tif"), {}, twelve())->last(),
             QStringLiteral("Tumour 12.tif"));
  }

  void aLongNameIsCutWithinAFilesName() {
    const QString letter = QString::fromUtf8("\xF0\x9D\x94\xB8");  // two units of UTF-16, four bytes
    const QString odd = QStringLiteral("a") + letter.repeated(300);
    const auto names = annotationNames(QStringLiteral("{number} {name}.png"), {},
                                       {{letter.repeated(300), {}, {}}, {odd, {}, {}}});
    QVERIFY(names);
    QCOMPARE((*names)[0], QStringLiteral("1 %1.png").arg(letter.repeated(20)));
    QCOMPARE((*names)[1], QStringLiteral("2 a%1.png").arg(letter.repeated(19)));
  }

  void aPatternThatGivesNoPictureOrOneNameTwiceIsRefused() {
    QCOMPARE(refusalOf("{number}.doc"),
             std::string("Cannot write '01.doc': a snapshot's name ends in .png, .jpg, .tif or .svg."));
    QCOMPARE(refusalOf("{name}.png"),
             std::string("Two annotations would be saved as 'Area.png': the name must hold {number}."));
    const auto alike =
        annotationNames(QStringLiteral("{name}.png"), {},
                        {{QStringLiteral("front"), {}, {}}, {QStringLiteral("Front"), {}, {}}});
    QVERIFY(!alike);  // one file on some disks
  }

  void whatIsThereAlreadyIsNotWrittenOver() {
    QTemporaryDir folder;
    const QStringList names{QStringLiteral("1.png"), QStringLiteral("2.png"), QStringLiteral("3.png")};
    const auto free = seriesFiles(folder.path(), names);
    QVERIFY(free);
    QCOMPARE((*free)[2].string(), folder.filePath(QStringLiteral("3.png")).toStdString());
    QVERIFY(QFile::link(QStringLiteral("nowhere"), folder.filePath(QStringLiteral("2.png"))));
    const auto taken = seriesFiles(folder.path(), names);
    QVERIFY(!taken);
    QCOMPARE(taken.error().sentence,
             "Nothing was saved into '" + folder.path().toStdString() +
                 "': 1 of 3 files are there already, '2.png' first. Choose another folder or other names.");
  }

  void theSentenceNamesTheAnnotationAndItsClass() {
    QCOMPARE(annotationSentence(twelve()[0], 1, 12), QStringLiteral("Annotation 1 of 12: Area (Tumour)."));
    QCOMPARE(annotationSentence(twelve()[2], 3, 12), QStringLiteral("Annotation 3 of 12: front: in/out."));
    QCOMPARE(annotationSentence({QStringLiteral("%1"), QStringLiteral("%2"), {}}, 3, 12),
             QStringLiteral("Annotation 3 of 12: %1 (%2)."));
  }

  void theViewHoldsTheAnnotationWithItsMargin() {
    const Viewport view{{7, 7}, 32, 0, 800, 600};
    const Rect bounds{1000, 2000, 4000, 1000};
    const Viewport shown = annotationView(view, bounds, 0.25);
    QVERIFY(shown.centre == (Point{3000, 2500}));
    QCOMPARE(shown.downsample, 6000 / 800.0);
    QCOMPARE(shown.width, 800.0);
    Viewport turned = view;
    turned.rotation = std::numbers::pi / 2;
    turned.isMirrored = true;
    const Viewport upright = annotationView(turned, bounds, 0.25);
    QVERIFY(upright.isMirrored && upright.rotation == turned.rotation);
    QCOMPARE(upright.downsample, 6000 / 600.0);
    const Rect seen = upright.visible();
    QVERIFY(seen.contains({1, 1001}) && seen.contains({5999, 3999}));
  }

  void aPointIsShownInWhatSurroundsItNoFinerThanScanned() {
    const Viewport shown = annotationView({{}, 32, 0, 800, 600}, {500, 400, 0, 0}, 0.25);
    QCOMPARE(shown.downsample, 1.0);
    QVERIFY(shown.centre == (Point{500, 400}));
  }

  void theDialogSaysHowManyFilesAndOfWhichAnnotations() {
    AnnotationSeriesDialog dialog(twelve(), QStringLiteral("a"),
                                  QStringLiteral("{slide}-{number}-{name}.png"), 0.25);
    auto* which = dialog.findChild<QComboBox*>();
    const auto says = [&](const char* text) {
      for (const QLabel* label : dialog.findChildren<QLabel*>())
        if (label->text() == QString::fromUtf8(text)) return true;
      return false;
    };
    QCOMPARE(which->count(), 4);  // all, selected, without a class, of class Tumour
    QCOMPARE(dialog.annotations().size(), size_t(12));
    QCOMPARE(dialog.margin(), 0.25);
    QVERIFY(says("12 files, a-01-Area.png first"));
    which->setCurrentIndex(1);
    QCOMPARE(dialog.annotations().size(), size_t(1));
    QVERIFY(dialog.annotations()[0].isSelected);
    which->setCurrentIndex(3);
    QCOMPARE(dialog.annotations().size(), size_t(11));
    dialog.findChild<QLineEdit*>()->setText(QStringLiteral("{name}.png"));
    QVERIFY(says("Two annotations would be saved as 'Area.png': the name must hold {number}."));
    for (const QPushButton* button : dialog.findChildren<QPushButton*>())
      QCOMPARE(button->isEnabled(), button->text() == QStringLiteral("Cancel"));
  }
};

}  // namespace geneglass::annotation_series_test

GENEGLASS_WINDOW_TEST(geneglass::annotation_series_test::AnnotationSeriesTest)
#include "annotation_series_test.moc"
