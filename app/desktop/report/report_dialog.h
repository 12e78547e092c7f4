// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <any>
#include <functional>
#include <memory>

#include "app/desktop/report/report_request.h"
#include "app/desktop/workplace/job_thread.h"
#include "app/desktop/workplace/mailbox.h"

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QTreeWidget;

namespace geneglass {

/// What the user may say of a report before it is saved: its template, words on the case, what of the patient
/// is in it. Reads behind what the slide's file says of the patient. GUI thread.
class ReportDialog final : public QDialog {
  Q_OBJECT

 public:
  using LetGo = std::function<void(std::any)>;

  /// `letGo` ends a thread where its end may wait for the disk.
  ReportDialog(ReportRequest request, LetGo letGo, QWidget* parent = nullptr);
  ~ReportDialog() override;

  void offerToPrint();            ///< not to save
  ReportRequest request() const;  ///< as it is wanted now
  /// Reads and writes behind; `templateRefused` or what is shown says how it went.
  void loadTemplate(const std::filesystem::path& file);
  void saveTemplate(const std::filesystem::path& file);
  bool isReady() const { return m_patientRead || !(wantsPatient() || wantsAnonymous()); }

 Q_SIGNALS:
  void patientRead();
  void templateLoaded();
  void templateSaved(const QString& file);
  void templateRefused(const QString& sentence);

 private:
  QWidget* makeTemplate();
  QWidget* makeParts();
  QWidget* makePatient();
  bool wantsPatient() const;
  bool wantsAnonymous() const;
  void moveChosen(int by);
  void askForTemplate(bool save);
  void showTemplate(const ReportTemplate& layout);
  void tellTemplate(const Result<void>& outcome, const QString& file);
  void takePatient(const PatientFacts& facts);
  void showIdentifying();

  ReportRequest m_request;
  bool m_patientRead = false;
  QLineEdit* m_institution;
  QLineEdit* m_caseIdBegin;
  QLineEdit* m_caseId;
  QPlainTextEdit* m_findings;
  QListWidget* m_parts;
  QComboBox* m_paper;
  QComboBox* m_genes;
  QCheckBox* m_patient;
  QCheckBox* m_anonymous;
  QTreeWidget* m_identifying;
  QLabel* m_templateState;
  QDialogButtonBox* m_buttons;
  LetGo m_letGo;
  const std::shared_ptr<Mailbox> m_mailbox;
  std::shared_ptr<JobThread> m_reader = std::make_shared<JobThread>();
};

}  // namespace geneglass
