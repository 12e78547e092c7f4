// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/training/start_check.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QMetaObject>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>
#include <utility>

namespace geneglass {
namespace {

constexpr int kRest = 250;  ///< ms without a change before it is checked
constexpr int kLines = 4;   ///< of the verdict

}  // namespace

StartCheck::StartCheck(const QString& beginText, std::function<Question()> ask, QWidget* parent)
    : QWidget(parent), m_ask(std::move(ask)), m_verdict(new QLabel) {
  m_verdict->setWordWrap(true);
  m_verdict->setAccessibleName(tr("Whether it can begin"));
  m_verdict->setMinimumHeight(kLines * fontMetrics().lineSpacing());
  m_verdict->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  m_verdict->setTextInteractionFlags(Qt::TextSelectableByMouse);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
  m_begin = buttons->addButton(beginText, QDialogButtonBox::AcceptRole);
  m_begin->setEnabled(false);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_verdict, 1);
  layout->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::rejected, this, &StartCheck::rejected);
  connect(m_begin, &QPushButton::clicked, this, &StartCheck::begun);
  m_rest.setSingleShot(true);
  m_rest.setInterval(kRest);
  connect(&m_rest, &QTimer::timeout, this, &StartCheck::check);
}

StartCheck::~StartCheck() {
  m_running.request_stop();
}

void StartCheck::entered() {
  ++m_serial;
  m_running.request_stop();
  m_begin->setEnabled(false);
  m_rest.start();
}

void StartCheck::check() {
  m_rest.stop();
  const int serial = ++m_serial;
  m_running.request_stop();
  m_running = std::stop_source();
  m_begin->setEnabled(false);
  Question question = m_ask();
  if (!question.check) {
    m_verdict->setText(question.missing);
    m_verdict->setProperty("refusal", false);
    m_verdict->style()->polish(m_verdict);
    return;
  }
  const auto post = [this, serial](const Result<QString>& verdict) {
    QMetaObject::invokeMethod(
        this, [this, serial, verdict] { showVerdict(serial, verdict); }, Qt::QueuedConnection);
  };
  m_reader.add([post, ask = std::move(question.check), stop = m_running.get_token()] { post(ask(stop)); },
               [post](const std::string& reason) {
                 post(fail("The training could not be checked: " + reason + "."));
               });
}

QString StartCheck::verdict() const {
  return m_verdict->text();
}

void StartCheck::showVerdict(int serial, const Result<QString>& verdict) {
  if (serial != m_serial) return;
  m_verdict->setText(verdict ? *verdict : QString::fromStdString(verdict.error().sentence));
  m_verdict->setProperty("refusal", !verdict);
  m_verdict->style()->polish(m_verdict);  // takes the property's colour
  m_begin->setEnabled(bool(verdict));
  Q_EMIT checked(bool(verdict));
}

}  // namespace geneglass
