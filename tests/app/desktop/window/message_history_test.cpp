// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window/parts/message_history.h"

#include <QAction>
#include <QDialog>
#include <QPlainTextEdit>
#include <QSettings>
#include <QTemporaryDir>
#include <QtTest>

#include "app/desktop/window/main_window.h"
#include "app/desktop/window/parts/message_bar.h"
#include "tests/support/window_test_program.h"

namespace geneglass::message_history_test {

class MessageHistoryTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

 private Q_SLOTS:
  void initTestCase() {
    QCoreApplication::setOrganizationName(QStringLiteral("GeneglassTest"));
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
  }

  void whatWasDismissedOrHasPassedCanBeReadAgain() {
    Workplace workplace;
    MainWindow window(workplace);
    window.show();
    window.messages().say(QStringLiteral("No reader knows this format."));
    window.messages().dismiss();
    window.messages().note(QStringLiteral("Saved a.png"));
    window.messages().note(QStringLiteral("Saved a.png"));
    const QString text = window.findChild<MessageHistory*>()->text();
    const QStringList lines = text.split(u'\n');
    QCOMPARE(lines.size(), 2);
    QVERIFY2(lines[0].endsWith(QStringLiteral("  Saved a.png")), qPrintable(text));
    QVERIFY2(lines[1].endsWith(QStringLiteral("  No reader knows this format.")), qPrintable(text));
    for (QAction* action : window.findChildren<QAction*>())
      if (action->shortcut() == QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M)) action->trigger();
    auto* shown = window.findChild<QDialog*>()->findChild<QPlainTextEdit*>();
    QVERIFY(shown && shown->isReadOnly());
    QCOMPARE(shown->toPlainText(), text);
  }

  void theOldestAreForgotten() {
    Workplace workplace;
    MainWindow window(workplace);
    for (int i = 0; i < MessageHistory::kMost + 5; ++i)
      window.messages().note(QStringLiteral("Message %1.").arg(i));
    const QStringList lines = window.findChild<MessageHistory*>()->text().split(u'\n');
    QCOMPARE(lines.size(), MessageHistory::kMost);
    QVERIFY(lines.last().endsWith(QStringLiteral("Message 5.")));
  }
};

}  // namespace geneglass::message_history_test

GENEGLASS_WINDOW_TEST(geneglass::message_history_test::MessageHistoryTest)
#include "message_history_test.moc"
