// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>
#include <functional>
#include <stop_token>

#include "app/desktop/workplace/job_thread.h"
#include "viewer/foundation/result.h"

class QLabel;
class QPushButton;

namespace geneglass {

/// The lower part of a dialog that starts something: what was entered is checked behind the window when
/// typing pauses, the verdict stands here as a sentence, and only what can begin is begun. GUI thread.
class StartCheck final : public QWidget {
  Q_OBJECT

 public:
  /// What is known of it, or why it cannot begin; runs on a thread of its own, should end at `stop`.
  using Check = std::function<Result<QString>(const std::stop_token& stop)>;
  /// What there is to check now; where something has still to be entered, no check but `missing`.
  struct Question {
    QString missing;
    Check check;
  };

  /// `ask` is called on the GUI thread.
  StartCheck(const QString& beginText, std::function<Question()> ask, QWidget* parent = nullptr);
  ~StartCheck() override;

  void entered();           ///< something was; what is not checked yet cannot begin
  void check();             ///< at once
  QString verdict() const;  ///< the sentence that is shown

 Q_SIGNALS:
  void checked(bool mayBegin);
  void begun();
  void rejected();

 private:
  void showVerdict(int serial, const Result<QString>& verdict);

  const std::function<Question()> m_ask;
  QLabel* m_verdict;
  QPushButton* m_begin;
  QTimer m_rest;     ///< runs out when typing pauses
  int m_serial = 0;  ///< counts checks; the newest counts
  std::stop_source m_running;
  JobThread m_reader;  ///< last, so that it ends first
};

}  // namespace geneglass
