// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/report/report_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QStyle>
#include <QTreeWidget>
#include <algorithm>
#include <utility>

#include "app/desktop/report/anonymised_report.h"
#include "app/desktop/report/report_template_file.h"

namespace geneglass {

ReportDialog::ReportDialog(ReportRequest request, LetGo letGo, QWidget* parent)
    : QDialog(parent),
      m_request(std::move(request)),
      m_institution(new QLineEdit),
      m_caseIdBegin(new QLineEdit),
      m_caseId(new QLineEdit(m_request.words.caseId)),
      m_findings(new QPlainTextEdit(m_request.words.findings)),
      m_parts(new QListWidget),
      m_paper(new QComboBox),
      m_genes(new QComboBox),
      m_patient(new QCheckBox(tr("Show the &label and what the slide's file says of the patient"))),
      m_anonymous(new QCheckBox(tr("&Anonymise: leave out what names the patient"))),
      m_identifying(new QTreeWidget),
      m_templateState(new QLabel),
      m_buttons(new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel)),
      m_letGo(std::move(letGo)),
      m_mailbox(std::make_shared<Mailbox>(this)) {
  setWindowTitle(tr("Report"));
  m_findings->setTabChangesFocus(true);
  m_paper->addItems({tr("A4"), tr("Letter")});
  m_genes->addItems({tr("All genes"), tr("Those shown and the best predicted")});
  auto* content = new QWidget;
  auto* form = new QFormLayout(content);
  form->addRow(tr("&Institution"), m_institution);
  form->addRow(tr("Case i&d"), m_caseId);
  form->addRow(tr("&Findings"), m_findings);
  QWidget* parts = makeParts();
  form->addRow(tr("&Sections"), parts);
  static_cast<QLabel*>(form->labelForField(parts))->setBuddy(m_parts);
  form->addRow(tr("&Paper"), m_paper);
  form->addRow(tr("&Gene table"), m_genes);
  form->addRow(tr("New case ids &begin with"), m_caseIdBegin);
  form->addRow(tr("Template"), makeTemplate());
  form->addRow(makePatient());
  m_buttons->button(QDialogButtonBox::Save)->setText(tr("Save As…"));
  auto* area = new QScrollArea;  // on a small screen
  area->setFrameShape(QFrame::NoFrame);
  area->setFocusPolicy(Qt::NoFocus);
  area->setWidgetResizable(true);
  area->setWidget(content);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(area, 1);
  layout->addWidget(m_buttons);
  m_institution->setAccessibleName(tr("Institution"));
  m_caseId->setAccessibleName(tr("Case id"));
  m_caseIdBegin->setAccessibleName(tr("Beginning of new case ids"));
  m_findings->setAccessibleName(tr("Findings"));
  connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(m_caseId, &QLineEdit::textChanged, this, &ReportDialog::showIdentifying);
  const QSize room = screen()->availableSize();
  const QMargins around = layout->contentsMargins();
  const int wide = content->sizeHint().width() + style()->pixelMetric(QStyle::PM_ScrollBarExtent) +
                   around.left() + around.right();
  resize(QSize(std::max(wide, 88 * fontMetrics().averageCharWidth()), 48 * fontMetrics().lineSpacing())
             .boundedTo(0.9 * room));
  showTemplate(m_request.layout);
  showIdentifying();
  m_reader->add(
      [this, mailbox = m_mailbox, opened = m_request.opened] {
        mailbox->post([this, facts = readPatientFacts(opened)] { takePatient(facts); });
      },
      [this, mailbox = m_mailbox](const std::string&) { mailbox->post([this] { takePatient({}); }); });
}

void ReportDialog::offerToPrint() {
  setWindowTitle(tr("Print the Report"));
  m_buttons->button(QDialogButtonBox::Save)->setText(tr("Print…"));
}

ReportDialog::~ReportDialog() {
  m_mailbox->close();
  m_letGo(std::move(m_reader));
}

QWidget* ReportDialog::makeTemplate() {
  auto* box = new QWidget;
  auto* row = new QHBoxLayout(box);
  row->setContentsMargins(0, 0, 0, 0);
  box->setFocusProxy(m_parts);
  for (const auto& [text, save] : {std::pair(tr("L&oad…"), false), std::pair(tr("Sa&ve…"), true)}) {
    auto* button = new QPushButton(text);
    button->setAutoDefault(false);
    button->setAccessibleName(save ? tr("Save this template") : tr("Load a template"));
    connect(button, &QPushButton::clicked, this, [this, save = save] { askForTemplate(save); });
    row->addWidget(button);
  }
  m_templateState->setWordWrap(true);
  m_templateState->setAccessibleName(tr("What became of the template"));
  row->addWidget(m_templateState, 1);
  return box;
}

/// All of the template; what is of the case stays, but for an id that nobody has written yet.
void ReportDialog::showTemplate(const ReportTemplate& layout) {
  m_institution->setText(layout.institution);
  if (m_caseId->text() == m_caseIdBegin->text()) m_caseId->setText(layout.caseId);
  m_caseIdBegin->setText(layout.caseId);
  m_paper->setCurrentIndex(layout.paper == ReportPaper::A4 ? 0 : 1);
  m_genes->setCurrentIndex(layout.allGenes ? 0 : 1);
  m_parts->clear();
  for (const ReportTemplate::Part& each : layout.parts) {
    auto* item = new QListWidgetItem(titleOf(each.part), m_parts);
    item->setData(Qt::UserRole, int(each.part));
    item->setCheckState(each.on ? Qt::Checked : Qt::Unchecked);
  }
  m_parts->setCurrentRow(0);
}

void ReportDialog::askForTemplate(bool save) {
  auto* dialog = new QFileDialog(this, save ? tr("Save the template") : tr("Load a template"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setNameFilter(tr("Report template (*.json)"));
  dialog->setDefaultSuffix(QStringLiteral("json"));
  dialog->setAcceptMode(save ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
  dialog->setFileMode(save ? QFileDialog::AnyFile : QFileDialog::ExistingFile);
  connect(dialog, &QFileDialog::fileSelected, this, [this, save](const QString& file) {
    save ? saveTemplate(file.toStdString()) : loadTemplate(file.toStdString());
  });
  dialog->open();
}

void ReportDialog::loadTemplate(const std::filesystem::path& file) {
  m_reader->add(
      [this, mailbox = m_mailbox, file] {
        mailbox->post([this, read = readTemplate(file)] {
          if (!read) return tellTemplate(tl::unexpected(read.error()), {});
          m_templateState->clear();
          showTemplate(*read);
          Q_EMIT templateLoaded();
        });
      },
      {});
}

void ReportDialog::saveTemplate(const std::filesystem::path& file) {
  m_reader->add(
      [this, mailbox = m_mailbox, file, layout = request().layout] {
        mailbox->post([this, written = writeTemplate(file, layout),
                       name = QString::fromStdString(file.string())] { tellTemplate(written, name); });
      },
      {});
}

void ReportDialog::tellTemplate(const Result<void>& outcome, const QString& file) {
  const QString sentence = outcome ? tr("Saved as %1").arg(QFileInfo(file).fileName())
                                   : QString::fromStdString(outcome.error().sentence);
  m_templateState->setText(sentence);
  if (outcome)
    Q_EMIT templateSaved(file);
  else
    Q_EMIT templateRefused(sentence);
}

QWidget* ReportDialog::makeParts() {
  m_parts->setDragDropMode(QAbstractItemView::InternalMove);
  m_parts->setAccessibleName(tr("Sections of the report, in their order"));
  auto* box = new QWidget;
  auto* row = new QHBoxLayout(box);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(m_parts, 1);
  auto* buttons = new QVBoxLayout;
  for (const auto& [text, by] : {std::pair(tr("&Up"), -1), std::pair(tr("Do&wn"), 1)}) {
    auto* button = new QPushButton(text);
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, this, [this, by = by] { moveChosen(by); });
    buttons->addWidget(button);
  }
  buttons->addStretch(1);
  row->addLayout(buttons);
  return box;
}

QWidget* ReportDialog::makePatient() {
  m_identifying->setColumnCount(2);
  m_identifying->setHeaderLabels({tr("What names the patient"), tr("As it is")});
  m_identifying->setRootIsDecorated(false);
  m_identifying->setAccessibleName(tr("What names the patient"));
  m_identifying->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
  auto* box = new QWidget;
  auto* column = new QVBoxLayout(box);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(m_patient);
  column->addWidget(m_anonymous);
  column->addWidget(m_identifying);
  auto* note =
      new QLabel(tr("Findings, captions and names of annotations are yours: of them, only the words of this "
                    "list are left out, and nothing of what is painted in the tray's pictures."));
  note->setWordWrap(true);
  column->addWidget(note);
  connect(m_anonymous, &QCheckBox::toggled, this, [this](bool on) {
    if (on) m_patient->setChecked(false);
    m_patient->setEnabled(!on);
    showIdentifying();
  });
  connect(m_patient, &QCheckBox::toggled, this, &ReportDialog::showIdentifying);
  return box;
}

bool ReportDialog::wantsPatient() const {
  return m_patient->isChecked();
}

bool ReportDialog::wantsAnonymous() const {
  return m_anonymous->isChecked();
}

void ReportDialog::moveChosen(int by) {
  const int from = m_parts->currentRow(), to = from + by;
  if (from < 0 || to < 0 || to >= m_parts->count()) return;
  m_parts->insertItem(to, m_parts->takeItem(from));
  m_parts->setCurrentRow(to);
}

void ReportDialog::takePatient(const PatientFacts& facts) {
  m_request.patient = facts;
  m_patientRead = true;
  showIdentifying();
  Q_EMIT patientRead();
}

/// What waits for the slide's file may not be saved before it is read.
void ReportDialog::showIdentifying() {
  m_identifying->clear();
  m_identifying->setEnabled(wantsAnonymous());
  for (const ReportFact& each : identifyingFacts(request()))
    new QTreeWidgetItem(m_identifying, {each.name, each.value});
  if (!m_request.patient.label.isNull())
    new QTreeWidgetItem(m_identifying, {tr("Label"), tr("a picture in the slide's file")});
  if (!m_patientRead) new QTreeWidgetItem(m_identifying, {tr("Slide's file"), tr("being read…")});
  m_buttons->button(QDialogButtonBox::Save)->setEnabled(isReady());
}

ReportRequest ReportDialog::request() const {
  ReportRequest wanted = m_request;
  const bool hasId = m_caseId->text() != m_caseIdBegin->text();  // a beginning alone is none
  wanted.words = {hasId ? m_caseId->text() : QString(), m_findings->toPlainText()};
  wanted.layout.institution = m_institution->text();
  wanted.layout.caseId = m_caseIdBegin->text();
  wanted.layout.paper = m_paper->currentIndex() == 0 ? ReportPaper::A4 : ReportPaper::Letter;
  wanted.layout.allGenes = m_genes->currentIndex() == 0;
  wanted.layout.parts.clear();
  for (int row = 0; row < m_parts->count(); ++row) {
    const QListWidgetItem& item = *m_parts->item(row);
    wanted.layout.parts.push_back(
        {ReportPart(item.data(Qt::UserRole).toInt()), item.checkState() == Qt::Checked});
  }
  wanted.showsPatient = wantsPatient();
  wanted.anonymous = wantsAnonymous();
  return wanted;
}

}  // namespace geneglass
