// SPDX-License-Identifier: GPL-3.0-or-later
// At scale 2 a screen of 1920 x 1080 has 960 x 540 for the window, one of 1280 x 800 has 640 x 400.
#include <QAction>
#include <QDialog>
#include <QDockWidget>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include "app/desktop/help/action_list.h"
#include "app/desktop/preferences/language.h"
#include "app/desktop/window/main_window.h"
#include "tests/app/desktop/tissue_slide.h"
#include "tests/inference/made_model.h"
#include "tests/support/window_test_program.h"

namespace geneglass::small_screen_test {
namespace {

constexpr int kPatience = 60000;  // ms; a limit for hangs, not a gate

QString written(QSize size) {
  return QStringLiteral("%1 x %2").arg(size.width()).arg(size.height());
}

/// What asks for so much, deepest first.
void listLeastSizes(const QWidget& widget, int depth, QStringList& list) {
  const QSize least = widget.minimumSizeHint().expandedTo(widget.minimumSize());
  if (widget.isHidden() || (least.width() < 150 && least.height() < 150)) return;
  list << QString(2 * depth, QLatin1Char(' ')) + QStringLiteral("%1 %2: %3")
                                                     .arg(QLatin1String(widget.metaObject()->className()),
                                                          widget.objectName() + widget.accessibleName(),
                                                          written(least));
  for (const QObject* child : widget.children())
    if (const auto* inner = qobject_cast<const QWidget*>(child); inner && !inner->isWindow())
      listLeastSizes(*inner, depth + 1, list);
}

QString leastSizes(const QWidget& window) {
  QStringList list;
  listLeastSizes(window, 0, list);
  return list.join(QLatin1Char('\n'));
}

bool fits(const QWidget& window, QSize screen) {
  const QSize least = window.minimumSizeHint().expandedTo(window.minimumSize());
  const bool isSmall = least.width() <= screen.width() && least.height() <= screen.height();
  if (!isSmall) qWarning("%s", qPrintable(leastSizes(window)));
  return isSmall && window.size() == screen;
}

}  // namespace

class SmallScreenTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void theWindowAsksForNoMoreThanTheScreenHas_data();
  void theWindowAsksForNoMoreThanTheScreenHas();
  void dialogsAskForNoMoreThanTheScreenHas_data();
  void dialogsAskForNoMoreThanTheScreenHas();

 private:
  QTemporaryDir m_folder;
};

void SmallScreenTest::initTestCase() {
  QCoreApplication::setOrganizationName(QStringLiteral("GeneglassTest"));
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
  QVERIFY(testing::writeRandomPackage(m_folder.filePath(QStringLiteral("model")).toStdString(), 64));
  QVERIFY(
      testing::writeTissueSlide(m_folder.filePath(QStringLiteral("small.tif")).toStdString(), {2000, 1500}));
}

void SmallScreenTest::theWindowAsksForNoMoreThanTheScreenHas_data() {
  QTest::addColumn<int>("language");
  QTest::addColumn<QSize>("screen");
  for (const QSize screen : {QSize(960, 540), QSize(640, 400)})
    for (const auto& [name, language] :
         {std::pair("English", Language::English), std::pair("German", Language::German)})
      QTest::addRow("%s, %d x %d", name, screen.width(), screen.height()) << int(language) << screen;
}

void SmallScreenTest::theWindowAsksForNoMoreThanTheScreenHas() {
  QFETCH(int, language);
  QFETCH(QSize, screen);
  const SpokenLanguage spoken(Language(language), QLocale::c());
  Workplace workplace;
  MainWindow window(workplace);
  window.resize(screen);
  window.show();
  QTRY_VERIFY(fits(window, screen));
  QSignalSpy predicted(&window.session(), &SlideSession::predictionFinished);
  workplace.useModel(m_folder.filePath(QStringLiteral("model")).toStdString());
  window.openHere(m_folder.filePath(QStringLiteral("small.tif")).toStdString());
  QVERIFY(predicted.wait(kPatience));
  window.session().chooseGene(0);
  for (QDockWidget* dock : window.findChildren<QDockWidget*>()) {
    dock->raise();
    QTRY_VERIFY2(fits(window, screen), qPrintable(dock->windowTitle()));
  }
}

void SmallScreenTest::dialogsAskForNoMoreThanTheScreenHas_data() {
  QTest::addColumn<QSize>("screen");
  for (const QSize screen : {QSize(960, 540), QSize(640, 400)})
    QTest::addRow("%d x %d", screen.width(), screen.height()) << screen;
}

void SmallScreenTest::dialogsAskForNoMoreThanTheScreenHas() {
  QFETCH(QSize, screen);
  const QSize room = screen - QSize(0, 30);  // under a title
  const SpokenLanguage spoken(Language::German, QLocale::c());
  Workplace workplace;
  MainWindow window(workplace);
  window.resize(screen);
  window.show();
  QSignalSpy predicted(&window.session(), &SlideSession::predictionFinished);
  workplace.useModel(m_folder.filePath(QStringLiteral("model")).toStdString());
  window.openHere(m_folder.filePath(QStringLiteral("small.tif")).toStdString());
  QVERIFY(predicted.wait(kPatience));
  int dialogs = 0, large = 0;
  for (const ListedAction& listed : listedActions(window)) {
    if (!listed.action || !listed.action->text().contains(QChar(0x2026)) || !listed.action->isEnabled())
      continue;
    listed.action->trigger();
    for (QDialog* dialog : window.findChildren<QDialog*>()) {
      if (!dialog->isVisible()) continue;
      ++dialogs;
      const QSize least = dialog->minimumSizeHint().expandedTo(dialog->minimumSize());
      if (least.width() > room.width() || least.height() > room.height()) {
        ++large;
        qWarning("%s\n%s", qPrintable(listed.path), qPrintable(leastSizes(*dialog)));
      }
      dialog->close();
    }
  }
  QVERIFY(dialogs > 8);
  QCOMPARE(large, 0);
}

}  // namespace geneglass::small_screen_test

GENEGLASS_WINDOW_TEST(geneglass::small_screen_test::SmallScreenTest)
#include "small_screen_test.moc"
