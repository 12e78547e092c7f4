// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/training/start_dialog.h"

#include <QComboBox>
#include <QEvent>
#include <QMetaProperty>
#include <QScreen>
#include <QScrollArea>
#include <QSettings>
#include <QVBoxLayout>
#include <algorithm>

#include "app/desktop/training/hinted_form.h"

namespace geneglass {
namespace {

QVariant valueOf(const QWidget* field) {
  if (const auto* box = qobject_cast<const QComboBox*>(field)) return box->currentData();
  return field->metaObject()->userProperty().read(field);
}

void enter(QWidget* field, const QVariant& value) {
  if (auto* box = qobject_cast<QComboBox*>(field)) {
    box->setCurrentIndex(std::max(0, box->findData(value)));
  } else if (value.isValid()) {
    field->metaObject()->userProperty().write(field, value);
  }
}

}  // namespace

StartDialog::StartDialog(const QString& title, QString settings, QWidget* parent)
    : QDialog(parent), m_settings(std::move(settings)), m_form(new HintedForm) {
  setWindowTitle(title);
  setMinimumWidth(96 * fontMetrics().averageCharWidth());
  auto* area = new QScrollArea;
  area->setFrameShape(QFrame::NoFrame);
  area->setFocusPolicy(Qt::NoFocus);
  area->setWidgetResizable(true);
  area->setSizeAdjustPolicy(QAbstractScrollArea::AdjustToContents);
  area->setWidget(m_form);
  m_form->installEventFilter(this);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(area, 1);
}

StartDialog::~StartDialog() = default;

bool StartDialog::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_form && event->type() == QEvent::LayoutRequest)
    resize(size().expandedTo(sizeHint()).boundedTo(0.9 * screen()->availableSize()));
  return QDialog::eventFilter(watched, event);
}

QString StartDialog::verdict() const {
  return m_check->verdict();
}

QString StartDialog::keyOf(const char* name) const {
  return m_settings + QLatin1Char('/') + QLatin1String(name);
}

void StartDialog::keep(const char* name, QWidget* field) {
  m_kept.emplace_back(name, field);
  enter(field, QSettings().value(keyOf(name)));
}

void StartDialog::start(const QString& beginText, std::function<StartCheck::Question()> question,
                        std::function<TrainingJob()> job) {
  m_job = std::move(job);
  m_check = new StartCheck(beginText, std::move(question));
  static_cast<QVBoxLayout*>(layout())->addWidget(m_check);
  connect(m_form, &HintedForm::changed, m_check, &StartCheck::entered);
  connect(m_check, &StartCheck::checked, this, &StartDialog::checked);
  connect(m_check, &StartCheck::begun, this, &StartDialog::begin);
  connect(m_check, &StartCheck::rejected, this, &QDialog::reject);
  m_check->check();
}

void StartDialog::begin() {
  QSettings settings;
  for (const auto& [name, field] : m_kept) settings.setValue(keyOf(name), valueOf(field));
  Q_EMIT wanted(m_job());
  accept();
}

void offer(QComboBox& box, const std::string& name, const QString& words) {
  const QString value = QString::fromStdString(name);
  box.addItem(QStringLiteral("%1: %2").arg(value, words), value);
}

}  // namespace geneglass
