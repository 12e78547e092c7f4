// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <functional>
#include <utility>
#include <vector>

#include "app/desktop/training/start_check.h"
#include "app/desktop/training/training_job.h"

class QComboBox;

namespace geneglass {

class HintedForm;

/// A form that starts a job of geneglass-cli: what is entered is checked as the program would, and only what
/// can begin is begun; some fields begin with what they had then. It grows with the form as far as the screen
/// has room, then the form is scrolled. GUI thread.
class StartDialog : public QDialog {
  Q_OBJECT

 public:
  ~StartDialog() override;

  QString verdict() const;  ///< the sentence that is shown
  bool eventFilter(QObject* watched, QEvent* event) override;

 Q_SIGNALS:
  void wanted(const geneglass::TrainingJob& job);
  void checked(bool mayBegin);

 protected:
  /// `settings`: the section that kept fields are in.
  StartDialog(const QString& title, QString settings, QWidget* parent);

  HintedForm& form() { return *m_form; }
  /// Enters what the field had when a job was begun last: a box by its value, others by their text.
  void keep(const char* name, QWidget* field);
  /// Once every field is there; checks at once.
  void start(const QString& beginText, std::function<StartCheck::Question()> question,
             std::function<TrainingJob()> job);

 private:
  QString keyOf(const char* name) const;
  void begin();

  const QString m_settings;
  HintedForm* m_form;
  StartCheck* m_check = nullptr;
  std::function<TrainingJob()> m_job;
  std::vector<std::pair<const char*, QWidget*>> m_kept;
};

/// "NAME: what it is", a choice whose value is the name.
void offer(QComboBox& box, const std::string& name, const QString& words);

}  // namespace geneglass
