// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/training/model_choice.h"

#include <QAction>
#include <QMenu>
#include <QSettings>
#include <QToolButton>
#include <algorithm>
#include <system_error>

#include "inference/package/installed_models.h"

namespace geneglass {
namespace {

constexpr int kMostUsed = 8;

QString usedModelsKey() {
  return QStringLiteral("models/used");
}

/// A package elsewhere than with the program is remembered once it was on.
void rememberModel(const std::filesystem::path& folder, const std::vector<std::filesystem::path>& installed) {
  if (std::ranges::find(installed, folder) != installed.end()) return;
  QStringList used = QSettings().value(usedModelsKey()).toStringList();
  const QString name = QString::fromStdString(folder.string());
  used.removeAll(name);
  used.prepend(name);
  QSettings().setValue(usedModelsKey(), QStringList(used.mid(0, kMostUsed)));
}

std::vector<std::filesystem::path> knownModels() {
  std::vector<std::filesystem::path> folders = installedModels();
  for (const QString& used : QSettings().value(usedModelsKey()).toStringList()) {
    std::error_code error;
    const std::filesystem::path folder = used.toStdString();
    if (std::filesystem::exists(folder / "manifest.json", error) &&
        std::ranges::find(folders, folder) == folders.end())
      folders.push_back(folder);
  }
  return folders;
}

}  // namespace

ModelChoice::ModelChoice(QMenu& menu, Workplace& workplace, QWidget& window)
    : QObject(&window),
      m_workplace(workplace),
      m_list(new QMenu(tr("&Installed Models"), &window)),
      m_button(new QToolButton(&window)),
      m_reading(this, workplace) {
  QAction* before = menu.actions().value(0);
  menu.insertMenu(before, m_list);
  m_list->setToolTipsVisible(true);
  m_button->setObjectName(QStringLiteral("modelInUse"));
  m_button->setAutoRaise(true);
  m_button->setPopupMode(QToolButton::InstantPopup);
  m_button->setToolButtonStyle(Qt::ToolButtonTextOnly);
  m_button->setMenu(m_list);
  m_button->setFocusPolicy(Qt::TabFocus);
  connect(&workplace, &Workplace::modelTaken, this, [this] {
    showModel();
    read();
  });
  connect(&workplace, &Workplace::modelRefused, this, &ModelChoice::showModel);
  showModel();
  fill();
}

/// Each package's manifest and the sums of its files.
void ModelChoice::read() {
  const auto package = m_workplace.package();
  const auto used = package ? package->folder : std::filesystem::path();
  m_reading.start<std::vector<ModelSummary>>(
      used,
      [used](const std::stop_token& stop) -> Result<std::vector<ModelSummary>> {
        if (!used.empty()) rememberModel(used, installedModels());
        std::vector<ModelSummary> models;
        for (const std::filesystem::path& folder : knownModels())
          if (!stop.stop_requested()) models.push_back(summaryIn(folder));
        return models;
      },
      [this](const Result<std::vector<ModelSummary>>& models) {
        if (models) m_models = *models;
        fill();
      });
}

void ModelChoice::showModel() {
  const auto package = m_workplace.package();
  m_button->setText(package ? shortText(summaryOf(*package)) : tr("no model"));
  m_button->setToolTip(package ? longText(summaryOf(*package)) : m_workplace.modelRefusal());
  m_button->setAccessibleName(tr("Model in use: %1").arg(m_button->text()));
  m_button->setAccessibleDescription(m_button->toolTip());
}

void ModelChoice::fill() {
  m_list->clear();
  const auto package = m_workplace.package();
  for (const ModelSummary& model : m_models) {
    QAction* action = m_list->addAction(model.refusal.isEmpty() ? shortText(model)
                                                                : tr("%1: cannot be used").arg(model.name));
    action->setToolTip(longText(model));
    action->setCheckable(true);
    action->setEnabled(model.refusal.isEmpty());
    std::error_code error;
    action->setChecked(package && std::filesystem::equivalent(model.folder, package->folder, error));
    connect(action, &QAction::triggered, this, [this, folder = model.folder] { Q_EMIT modelWanted(folder); });
  }
  if (m_models.empty()) m_list->addAction(tr("Being read…"))->setEnabled(false);
}

}  // namespace geneglass
