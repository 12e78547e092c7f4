// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/session/slide_facts.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QStringList>

namespace geneglass {
namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("SlideFacts", text);
}

QString sizeText(const Size& size) {
  const QLocale locale;
  return QStringLiteral("%1 × %2").arg(locale.toString(qlonglong(size.width)),
                                       locale.toString(qlonglong(size.height)));
}

QString pixelSizeText(const Slide& slide) {
  if (!slide.mpp) return tr("unknown");
  const QString origin = slide.mppOrigin == MppOrigin::User ? tr("typed by the user")
                                                            : QString::fromLatin1(toString(slide.mppOrigin));
  return QStringLiteral("%1 × %2 µm (%3)")
      .arg(slide.mpp->x, 0, 'f', 4)
      .arg(slide.mpp->y, 0, 'f', 4)
      .arg(origin);
}

QString levelsText(const Slide& slide) {
  QStringList lines;
  for (const Level& level : slide.levels)
    if (!level.reduced)
      lines << tr("%1, downsample %2, tiles %3")
                   .arg(sizeText(level.size), QString::number(level.downsample, 'g', 5),
                        sizeText(level.tile));
  return lines.join(QLatin1Char('\n'));
}

QString associatedText(const Slide& slide) {
  QStringList names;
  for (const AssociatedImage& image : slide.associatedImages)
    names << QString::fromStdString(image.name) + QStringLiteral(" (") + sizeText(image.size) +
                 QLatin1Char(')');
  return names.isEmpty() ? tr("none") : names.join(QStringLiteral(", "));
}

QString channelsText(const Slide& slide) {
  QStringList lines;
  for (const Channel& channel : slide.channels) {
    QString line = tr("%1, %2, shown from %3 to %4")
                       .arg(QString::fromStdString(channel.name), QString::fromStdString(channel.unit),
                            QString::number(channel.low, 'g', 6), QString::number(channel.high, 'g', 6));
    if (channel.exposureMs > 0) line += tr(", exposed %1 ms").arg(channel.exposureMs, 0, 'g', 4);
    lines << line;
  }
  return lines.join(QLatin1Char('\n'));
}

QString penText(const Slide& slide, const TissueMask& tissue) {
  if (tissue.penPixels == 0 || !slide.mpp) return tr("none found");
  return tr("%1 mm², left out of predictions")
      .arg(tissue.penPixels * slide.mpp->x * slide.mpp->y / 1e6, 0, 'f', 2);
}

}  // namespace

std::vector<std::pair<QString, QString>> factsOf(const Slide& slide, const TissueMask* tissue) {
  std::vector<std::pair<QString, QString>> facts = {
      {tr("File"), QString::fromStdString(slide.file.string())},
      {tr("Format"), QString::fromStdString(slide.vendor + ", read by " + slide.driver)},
      {tr("Size"), sizeText(slide.size()) + tr(" pixels")},
      {tr("Pixel size"), pixelSizeText(slide)},
      {tr("Objective"),
       slide.objectivePower ? QStringLiteral("%1×").arg(*slide.objectivePower) : tr("unknown")},
      {tr("Levels"), levelsText(slide)},
      {tr("Other images"), associatedText(slide)},
      {tr("Content hash"), QString::fromStdString(slide.hash)}};
  if (!slide.channels.empty()) facts.emplace_back(tr("Channels"), channelsText(slide));
  if (!slide.note.empty()) facts.emplace_back(tr("Shown as"), QString::fromStdString(slide.note));
  if (tissue) facts.emplace_back(tr("Pen marks"), penText(slide, *tissue));
  return facts;
}

void showFacts(const Slide& slide, const TissueMask* tissue, QWidget* parent) {
  auto* dialog = new QDialog(parent);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(tr("Facts of %1").arg(QString::fromStdString(slide.name())));
  auto* form = new QFormLayout(dialog);
  for (const auto& [name, value] : factsOf(slide, tissue)) {
    auto* label = new QLabel(value);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setAccessibleName(name);
    form->addRow(name, label);
  }
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
  QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
  form->addRow(buttons);
  dialog->show();
}

}  // namespace geneglass
