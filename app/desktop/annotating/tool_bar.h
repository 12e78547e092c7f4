// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolBar>

#include "app/desktop/annotating/tool_choice.h"

namespace geneglass {

/// A button for each tool, with its picture, its key and how it is used. GUI thread.
class AnnotatingToolBar final : public QToolBar {
  Q_OBJECT

 public:
  explicit AnnotatingToolBar(ToolChoice& choice, QWidget* parent = nullptr);  ///< which outlives it

 Q_SIGNALS:
  void hint(const QString& sentence);  ///< how the tool just taken is used

 protected:
  void changeEvent(QEvent* event) override;
};

}  // namespace geneglass
