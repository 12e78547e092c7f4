// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QtTest>

#include "app/desktop/training/hinted_form.h"
#include "app/desktop/training/pretrain_dialog.h"
#include "app/desktop/training/pretrain_plan.h"
#include "app/desktop/training/training_dialog.h"
#include "app/desktop/training/training_plan.h"
#include "tests/support/window_test_program.h"

namespace geneglass::training_dialog_test {
namespace {

constexpr int kPatience = 60000;  // ms; a limit for hangs, not a gate

template <typename Widget>
Widget* named(QWidget& window, const char* name) {
  for (Widget* one : window.findChildren<Widget*>())
    if (one->accessibleName() == QLatin1String(name)) return one;
  qFatal("no field %s", name);
}

void type(QWidget& window, const char* name, const QString& text) {
  named<QLineEdit>(window, name)->setText(text);
}

void choose(QWidget& window, const char* name, int index) {
  named<QComboBox>(window, name)->setCurrentIndex(index);
}

bool asks(QWidget& window, const char* name) {
  for (QWidget* one : window.findChildren<QWidget*>())
    if (one->accessibleName() == QLatin1String(name) && one->isVisibleTo(&window)) return true;
  return false;
}

QPushButton* buttonOf(QWidget& window, const QString& text) {
  for (QPushButton* button : window.findChildren<QPushButton*>())
    if (button->text() == text) return button;
  return nullptr;
}

/// What the program itself says when it is called so.
QString saidBy(const QStringList& arguments) {
  QProcess program;
  program.start(QStringLiteral(GENEGLASS_PROGRAM), arguments);
  if (!program.waitForFinished(kPatience) || program.exitCode() != 1)
    return QStringLiteral("it did not refuse");
  return QString::fromUtf8(program.readAllStandardError()).trimmed();
}

}  // namespace

class TrainingDialogTest final : public QObject {
  Q_OBJECT

  using Enter = std::function<void(QWidget&)>;

  QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }
  QString write(const char* name, const QByteArray& text) const {
    QFile file(path(name));
    const bool written =
        file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(text) == text.size();
    return written ? path(name) : QString();
  }
  /// A cohort of the six slides, with a column more.
  QString cohort(const char* name, const QByteArray& column, const QByteArray& values) const {
    QByteArray text = "slide,case,split" + column + "\n";
    for (int i = 0; i < 6; ++i) {
      const QByteArray number = QByteArray::number(i + 1);
      text += "slides/synthetic-3-000" + number + ".tif,P" + number + ",train";
      if (!values.isEmpty()) text += "," + values.split(' ').at(i);
      text += "\n";
    }
    return write(name, text);
  }

 private Q_SLOTS:
  void initTestCase() {
    QCoreApplication::setOrganizationName(QStringLiteral("GeneglassTest"));
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
    QProcess synth;
    synth.start(QStringLiteral(GENEGLASS_PROGRAM),
                {QStringLiteral("synth"), path("slides"), QStringLiteral("--slides"), QStringLiteral("6"),
                 QStringLiteral("--seed"), QStringLiteral("3"), QStringLiteral("--size"),
                 QStringLiteral("1024x1024")});
    QVERIFY(synth.waitForFinished(kPatience));
    QVERIFY2(synth.exitCode() == 0, synth.readAllStandardError().constData());
    QVERIFY(QFile::exists(path("slides/synthetic-3-0006.tif")));
  }
  void init() { QSettings().clear(); }

  void onlyWhatTheTaskNeedsIsAsked() {
    TrainingDialog dialog;
    dialog.show();
    QVERIFY(asks(dialog, "Values from") && asks(dialog, "Heads") && asks(dialog, "Labels"));
    for (const char* name : {"Column", "Expression table", "Tumour table", "Normal table", "Gene panel"})
      QVERIFY2(!asks(dialog, name), name);
    choose(dialog, "Values from", 2);
    QVERIFY(asks(dialog, "Tumour table") && asks(dialog, "Normal table") && asks(dialog, "Gene panel"));
    QVERIFY(!asks(dialog, "Expression table"));
    choose(dialog, "Recipe", 2);
    QVERIFY2(!asks(dialog, "Heads"), "graziani2022 has one kind of heads");
    choose(dialog, "Learn", 1);
    QVERIFY(asks(dialog, "Column"));
    QCOMPARE(named<QComboBox>(dialog, "Recipe")->count(), 2);
    for (const char* name : {"Values from", "Tumour table", "Heads", "Labels"})
      QVERIFY2(!asks(dialog, name), name);
  }

  void eachFieldSaysWhatItExpects() {
    TrainingDialog training;
    PretrainDialog pretraining;
    for (QDialog* dialog : {static_cast<QDialog*>(&training), static_cast<QDialog*>(&pretraining)}) {
      dialog->show();
      auto* form = dialog->findChild<HintedForm*>();
      QStringList hints;
      for (QWidget* field : form->findChildren<QWidget*>()) {
        if (!field->isVisible() || field->focusPolicy() == Qt::NoFocus || field->focusProxy()) continue;
        QVERIFY2(!field->accessibleName().isEmpty() || !qobject_cast<QLineEdit*>(field) ||
                     qobject_cast<QAbstractSpinBox*>(field->parent()),
                 field->metaObject()->className());
        QFocusEvent arrival(QEvent::FocusIn, Qt::TabFocusReason);  // no window manager is needed so
        QCoreApplication::sendEvent(field, &arrival);
        QVERIFY2(form->hint().endsWith(QLatin1Char('.')), qPrintable(field->accessibleName()));
        hints << form->hint();
      }
      hints.removeDuplicates();
      QVERIFY2(hints.size() >= 8, qPrintable(hints.join(QLatin1Char('\n'))));
    }
  }

  void whatIsNotEnteredYetIsAskedForCalmly() {
    TrainingDialog dialog;
    dialog.show();
    QCOMPARE(dialog.verdict(), QStringLiteral("Choose a cohort: the table that names slides and cases."));
    dialog.chooseCohort(cohort("plain.csv", "", ""));
    choose(dialog, "Values from", 2);
    QTRY_COMPARE_WITH_TIMEOUT(dialog.verdict(),
                              QStringLiteral("Choose the table of the tumours' values: a patient a row."),
                              kPatience);
    QVERIFY(!buttonOf(dialog, QStringLiteral("Train"))->isEnabled());
    choose(dialog, "Values from", 1);
    QTRY_COMPARE_WITH_TIMEOUT(dialog.verdict(),
                              QStringLiteral("Choose the table of expression: a case and its values a row."),
                              kPatience);
    type(dialog, "Tile sizes", QStringLiteral("1, half"));
    QTRY_COMPARE_WITH_TIMEOUT(
        dialog.verdict(),
        QStringLiteral("Tile sizes are numbers with commas between them, for example 1, 0.5, 2."), kPatience);
  }

  void whatTheCommandLineRefusesTheDialogRefusesInTheSameWords_data() {
    QTest::addColumn<Enter>("enter");
    const auto row = [](const char* name, Enter enter) { QTest::newRow(name) << std::move(enter); };
    row("semicolons", [this](QWidget& dialog) {
      type(dialog, "Cohort", write("semicolons.csv", "slide;case;split;MUC2\n"));
    });
    row("too many folds", [this](QWidget& dialog) {
      type(dialog, "Cohort", cohort("genes.csv", ",MUC2", "1 2 3 4 5 6"));
      named<QSpinBox>(dialog, "Folds")->setValue(7);
    });
    row("no slide", [this](QWidget& dialog) {
      type(dialog, "Cohort",
           write("text.csv",
                 "slide,case,split,MUC2\nsemicolons.csv,A,train,1\nslides/synthetic-3-0001.tif,B,train,"
                 "2\nslides/synthetic-3-0002.tif,C,train,3\nslides/synthetic-3-0003.tif,D,train,4\n"
                 "slides/synthetic-3-0004.tif,E,train,5\n"));
    });
    row("missing table", [this](QWidget& dialog) {
      type(dialog, "Cohort", cohort("plain.csv", "", ""));
      choose(dialog, "Values from", 1);
      type(dialog, "Expression table", path("none.csv"));
    });
    row("raw counts in a table", [this](QWidget& dialog) {
      type(dialog, "Cohort", cohort("plain.csv", "", ""));
      choose(dialog, "Values from", 1);
      type(dialog, "Expression table",
           write("counts.csv", "case,MUC2\nP1,1200\nP2,800\nP3,4\nP4,90\nP5,11\nP6,77\n"));
    });
    row("a panel with a gene the table has not", [this](QWidget& dialog) {
      type(dialog, "Cohort", cohort("plain.csv", "", ""));
      choose(dialog, "Values from", 1);
      type(dialog, "Expression table", write("few.csv", "case,MUC2\nP1,1\nP2,8\nP3,4\nP4,9\nP5,11\nP6,7\n"));
      type(dialog, "Gene panel", write("panel.txt", "MUC2\nCDX2\n"));
    });
    row("two samples of a patient", [this](QWidget& dialog) {
      type(dialog, "Cohort", cohort("plain.csv", "", ""));
      choose(dialog, "Values from", 2);
      type(dialog, "Tumour table", write("twice.csv", "case,MUC2\nP1,1\nP1,8\n"));
      type(dialog, "Normal table", write("normal.csv", "case,MUC2\nP1,1\nP2,8\n"));
    });
    row("no fold file", [this](QWidget& dialog) {
      type(dialog, "Cohort", cohort("genes.csv", ",MUC2", "1 2 3 4 5 6"));
      type(dialog, "Fold file", write("folds.csv", "patient,part\nP1,0\n"));
    });
    row("no column of diagnosis", [this](QWidget& dialog) {
      choose(dialog, "Learn", 1);
      type(dialog, "Cohort", cohort("genes.csv", ",MUC2", "1 2 3 4 5 6"));
    });
    row("a fold without tumour", [this](QWidget& dialog) {
      choose(dialog, "Learn", 1);
      type(dialog, "Cohort", cohort("one.csv", ",tumour", "1 0 0 0 0 0"));
    });
    row("no model", [this](QWidget& dialog) {
      choose(dialog, "Learn", 1);
      type(dialog, "Cohort", cohort("labels.csv", ",tumour", "1 1 1 0 0 0"));
      named<QSpinBox>(dialog, "Folds")->setValue(3);
      type(dialog, "Encoder", path("slides"));
      dialog.findChild<QCheckBox*>()->setChecked(true);
    });
    row("a size that is none", [this](QWidget& dialog) {
      type(dialog, "Cohort", cohort("genes.csv", ",MUC2", "1 2 3 4 5 6"));
      type(dialog, "Tile sizes", QStringLiteral("1, 100"));
    });
    row("a model that is there", [this](QWidget& dialog) {
      type(dialog, "Cohort", cohort("genes.csv", ",MUC2", "1 2 3 4 5 6"));
      type(dialog, "New model", path("slides"));
    });
  }
  void whatTheCommandLineRefusesTheDialogRefusesInTheSameWords() {
    QFETCH(Enter, enter);
    TrainingDialog dialog;
    dialog.show();
    QSignalSpy checked(&dialog, &TrainingDialog::checked);
    enter(dialog);
    const QString words = saidBy(jobOf(dialog.request()).arguments);
    QTRY_COMPARE_WITH_TIMEOUT(dialog.verdict(), words, kPatience);
    QVERIFY(!buttonOf(dialog, QStringLiteral("Train"))->isEnabled());
    QVERIFY(!checked.last()[0].toBool());
  }

  void aTrainingOfFoldChangesIsCalledWithAllThatWasEntered() {
    TrainingDialog dialog;
    dialog.show();
    QSignalSpy wanted(&dialog, &TrainingDialog::wanted);
    dialog.chooseCohort(cohort("plain.csv", "", ""));
    choose(dialog, "Values from", 2);
    type(dialog, "Tumour table",
         write("t.csv", "case,MUC2,CDX2\nP1,1,1\nP2,8,1\nP3,4,1\nP4,9,1\nP5,3,1\nP6,7,1\n"));
    type(dialog, "Normal table",
         write("n.csv", "case,MUC2,CDX2\nP1,1,1\nP2,1,1\nP3,1,1\nP4,1,1\nP5,1,1\nP6,1,1\n"));
    type(dialog, "Gene panel", write("muc2.txt", "MUC2\n"));
    choose(dialog, "Recipe", 1);
    choose(dialog, "Heads", 1);
    type(dialog, "Tile sizes", QStringLiteral("1, 0.5 2"));
    named<QSpinBox>(dialog, "Folds")->setValue(3);
    QPushButton* begin = buttonOf(dialog, QStringLiteral("Train"));
    QTRY_VERIFY2_WITH_TIMEOUT(begin->isEnabled(), qPrintable(dialog.verdict()), kPatience);
    QVERIFY2(dialog.verdict().startsWith(QStringLiteral("6 cases with 6 slides to train on, 1 gene.")),
             qPrintable(dialog.verdict()));
    QVERIFY2(dialog.verdict().contains(QStringLiteral("as in a table of logarithms")),
             "what is odd of the tables is said");
    begin->click();
    QCOMPARE(wanted.count(), 1);
    const QString words =
        wanted[0][0].value<TrainingJob>().arguments.join(QLatin1Char(' ')).remove(m_folder.path() + u'/');
    for (const char* part : {"train plain.csv --recipe histcode2022 --out plain-model --folds 3",
                             "--fold-change log10 --tumour t.csv --normal n.csv --panel muc2.txt",
                             "--pool extremes", "--sizes 1,0.5,2"})
      QVERIFY2(words.contains(QLatin1String(part)), qPrintable(words));
    QVERIFY2(!words.contains(QLatin1String("--head ")) && !words.contains(QLatin1String("--task")),
             qPrintable(words));
  }

  void aDiagnosisThatKeepsTheShippedGenesNamesTheShippedModel() {
    TrainingDialog dialog;
    dialog.show();
    choose(dialog, "Learn", 1);
    dialog.chooseCohort(cohort("labels.csv", ",tumour", "1 1 1 0 0 0"));
    named<QSpinBox>(dialog, "Folds")->setValue(3);
    dialog.findChild<QCheckBox*>()->setChecked(true);
    QTRY_VERIFY2_WITH_TIMEOUT(buttonOf(dialog, QStringLiteral("Train"))->isEnabled(),
                              qPrintable(dialog.verdict()), kPatience);
    QVERIFY2(
        dialog.verdict().startsWith(QStringLiteral("6 cases with 6 slides to train on, 3 of them tumour.")),
        qPrintable(dialog.verdict()));
    const TrainingJob job = jobOf(dialog.request());
    QVERIFY(job.kind == TrainingJob::Kind::Diagnosis);
    const QString words = job.arguments.join(QLatin1Char(' '));
    QVERIFY2(words.contains(QLatin1String("--task diagnosis --label tumour --add-to /")), qPrintable(words));
    QVERIFY2(!words.contains(QLatin1String("--labels")), qPrintable(words));
  }

  void whatPretrainingRefusesTheDialogRefusesInTheSameWords_data() {
    QTest::addColumn<Enter>("enter");
    const auto row = [](const char* name, Enter enter) { QTest::newRow(name) << std::move(enter); };
    const auto add = [](QWidget& dialog, const QString& source) {
      static_cast<PretrainDialog&>(dialog).addSources({source});
    };
    row("a folder without slides", [this, add](QWidget& dialog) {
      QDir(m_folder.path()).mkdir(QStringLiteral("empty"));
      add(dialog, path("empty"));
    });
    row("a table for a slide", [this, add](QWidget& dialog) { add(dialog, write("a.csv", "slide\n")); });
    row("a start that is no model", [this, add](QWidget& dialog) {
      add(dialog, path("slides"));
      type(dialog, "Start from", path("slides"));
    });
    row("an encoder that is there", [this, add](QWidget& dialog) {
      add(dialog, path("slides"));
      type(dialog, "New encoder", path("slides"));
    });
    row("composition of slides that nobody planted", [this, add](QWidget& dialog) {
      choose(dialog, "Recipe", 2);
      QDir(m_folder.path()).mkdir(QStringLiteral("plain"));
      QFile::copy(path("slides/synthetic-3-0001.tif"), path("plain/one.tif"));
      add(dialog, path("plain"));
    });
  }
  void whatPretrainingRefusesTheDialogRefusesInTheSameWords() {
    QFETCH(Enter, enter);
    PretrainDialog dialog;
    dialog.show();
    QCOMPARE(dialog.verdict(), QStringLiteral("Add slides, or a folder of them, to learn from."));
    enter(dialog);
    const QString words = saidBy(jobOf(dialog.request()).arguments);
    QTRY_COMPARE_WITH_TIMEOUT(dialog.verdict(), words, kPatience);
    QVERIFY(!buttonOf(dialog, QStringLiteral("Pretrain"))->isEnabled());
  }

  void aPretrainingIsCalledWithAllThatWasEntered() {
    PretrainDialog dialog;
    dialog.show();
    dialog.addSources({path("slides")});
    choose(dialog, "Encoder", 1);
    named<QSpinBox>(dialog, "Epochs")->setValue(2);
    named<QSpinBox>(dialog, "Seed")->setValue(9);
    QTRY_COMPARE_WITH_TIMEOUT(
        dialog.verdict(),
        QStringLiteral("6 slides to learn from, 2 epochs. The encoder: 128 features of a "
                       "tile of 224 px at 1 µm/px."),
        kPatience);
    const QString words =
        jobOf(dialog.request()).arguments.join(QLatin1Char(' ')).remove(m_folder.path() + u'/');
    QVERIFY2(words.startsWith(QStringLiteral("pretrain slides --recipe contrast --out encoder --seed 9")) &&
                 words.endsWith(QStringLiteral("--epochs 2 --encoder small")),
             qPrintable(words));
    choose(dialog, "Recipe", 2);
    QVERIFY(!asks(dialog, "Encoder") && !asks(dialog, "Start from"));
    QVERIFY(!jobOf(dialog.request()).arguments.contains(QStringLiteral("--encoder")));
  }

 private:
  QTemporaryDir m_folder;
};

}  // namespace geneglass::training_dialog_test

GENEGLASS_WINDOW_TEST(geneglass::training_dialog_test::TrainingDialogTest)
#include "training_dialog_test.moc"
