// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/training/hinted_form.h"

#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QMetaMethod>
#include <QMetaProperty>
#include <QVBoxLayout>
#include <utility>

namespace geneglass {

HintedForm::HintedForm(QWidget* parent) : QWidget(parent), m_form(new QFormLayout), m_hint(new QLabel) {
  m_hint->setObjectName(QStringLiteral("hint"));
  m_hint->setAccessibleName(tr("What the field expects"));
  m_hint->setWordWrap(true);
  m_hint->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  m_hint->setMinimumHeight(2 * fontMetrics().lineSpacing());
  m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addLayout(m_form);
  layout->addWidget(m_hint);
}

void HintedForm::addRow(const QString& name, QWidget* field, const QString& hint,
                        std::function<bool()> needed) {
  m_form->addRow(name, field);
  if (auto* label = qobject_cast<QLabel*>(m_form->labelForField(field)))
    label->setBuddy(field->focusProxy() ? field->focusProxy() : field);
  QString plain = name;
  plain.remove(QLatin1Char('&'));
  if (field->accessibleName().isEmpty() && !plain.isEmpty()) field->setAccessibleName(plain);
  QList<QWidget*> parts = field->findChildren<QWidget*>();
  parts << field;
  for (QWidget* part : std::as_const(parts)) {
    m_fieldOf.insert(part, field);
    part->installEventFilter(this);
  }
  connect(field, field->metaObject()->userProperty().notifySignal(), this,
          QMetaMethod::fromSignal(&HintedForm::changed));
  if (needed) m_needed.emplace_back(field, std::move(needed));
  setHint(field, hint);
  if (!m_shown) show(field);
}

void HintedForm::setHint(QWidget* field, const QString& hint) {
  field->setToolTip(hint);
  field->setAccessibleDescription(hint);
  if (m_shown == field) m_hint->setText(hint);
}

void HintedForm::showNeeded() {
  for (const auto& [field, needed] : m_needed) m_form->setRowVisible(field, needed());
}

QString HintedForm::hint() const {
  return m_hint->text();
}

void HintedForm::show(QWidget* field) {
  m_shown = field;
  m_hint->setText(field->toolTip());
}

bool HintedForm::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::FocusIn && m_fieldOf.contains(watched)) show(m_fieldOf.value(watched));
  return QWidget::eventFilter(watched, event);
}

}  // namespace geneglass
