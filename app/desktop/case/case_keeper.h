// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <any>
#include <filesystem>
#include <functional>
#include <memory>

#include "app/desktop/case/case.h"
#include "app/desktop/case/case_writer.h"
#include "app/desktop/workplace/mailbox.h"

namespace geneglass {

/// Brings the case of a slide back, and keeps in its file what happens to it, within 2 s. GUI thread, which
/// never reads or writes a file here.
class CaseKeeper final : public QObject {
  Q_OBJECT

 public:
  using LetGo = std::function<void(std::any)>;

  /// The case outlives it. `letGo` ends a writer where its end may wait for the disk.
  CaseKeeper(Case& kept, LetGo letGo, size_t stepsKept = CaseFile::kStepsKept);
  ~CaseKeeper() override;

  /// A slide, whose case is looked for in `place`. The case is empty until `opened`; where it is the one
  /// that is open already it stays as it is.
  void open(const CasePlace& place, const SlideIdentity& slide);
  void saveAs(const std::filesystem::path& file);  ///< all of it; kept there from now on
  bool isOpening() const { return m_isOpening; }
  bool isSaved() const { return m_saved == m_added; }
  std::filesystem::path file() const;  ///< where it is kept, or will be; empty without a slide

 Q_SIGNALS:
  void opened(bool found);  ///< the case is as it was left; or there was none
  void saved();
  void saveRefused(const QString& sentence);  ///< once; what could not be written is tried again
  void said(const QString& sentence);         ///< of a case that is not opened, or kept elsewhere

 private:
  void retire();
  void keep(const CaseChanges& changes);
  void take(std::optional<CaseContent> content, const AnnotationSetPtr& annotations);
  CaseReports reports(int serial);

  Case& m_case;
  const LetGo m_letGo;
  const size_t m_stepsKept;
  const std::shared_ptr<Mailbox> m_mailbox;
  CasePlace m_place;
  std::shared_ptr<CaseWriter> m_writer;
  int m_serial = 0;  ///< counts slides: what an earlier one's writer tells is dropped
  bool m_isOpening = false;
  uint64_t m_added = 0;
  uint64_t m_saved = 0;
};

/// The user's own folder of cases, for slides whose folder cannot be written: GENEGLASS_CASES, else
/// geneglass/cases in the user's application data.
std::filesystem::path ownCaseFolder();

}  // namespace geneglass
