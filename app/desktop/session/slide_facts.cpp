// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/session/slide_facts.h"
#include "viewer/wording/number_text.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QStringList>

namespace geneglass {
namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("geneglass", text);
}

QString sizeText(const Size& size) {
  return QStringLiteral("%1 × %2").arg(countText(size.width), countText(size.height));
}

QString pixelSizeText(const Slide& slide) {
  if (!slide.mpp) return tr("unknown");
  const QString origin = slide.mppOrigin == MppOrigin::User ? tr("typed by the user")
                                                            : QString::fromLatin1(toString(slide.mppOrigin));
  return QStringLiteral("%1 × %2 µm (%3)")
      .arg(numberText(slide.mpp->x, 4))
      .arg(numberText(slide.mpp->y, 4))
      .arg(origin);
}

QString levelsText(const Slide& slide) {
  QStringList lines;
  for (const Level& level : slide.levels)
    if (!level.reduced)
      lines << tr("%1, downsample %2, tiles %3")
                   .arg(sizeText(level.size), shortNumber(level.downsample, 5), sizeText(level.tile));
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
                            shortNumber(channel.low, 6), shortNumber(channel.high, 6));
    if (channel.exposureMs > 0) line += tr(", exposed %1 ms").arg(shortNumber(channel.exposureMs, 4));
    lines << line;
  }
  return lines.join(QLatin1Char('\n'));
}

QString penText(const Slide& slide, const TissueMask& tissue) {
  if (tissue.penPixels == 0 || !slide.mpp) return tr("none found");
  return tr("%1 mm², left out of predictions")
      .arg(numberText(tissue.penPixels * slide.mpp->x * slide.mpp->y / 1e6, 2));
}

QString focusText(const SlideQuality& quality) {
  if (quality.blurred.empty()) return tr("none found");
  return tr("%1, left out of predictions").arg(countText(int64_t(quality.blurred.size())));
}

}  // namespace

std::vector<std::pair<QString, QString>> factsOf(const Slide& slide, const TissueMask* tissue,
                                                 const SlideQuality* quality) {
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
  if (quality && quality->focusJudged) facts.emplace_back(tr("Tiles out of focus"), focusText(*quality));
  return facts;
}

void showFacts(const Slide& slide, const TissueMask* tissue, const SlideQuality* quality, QWidget* parent) {
  auto* dialog = new QDialog(parent);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(tr("Facts of %1").arg(QString::fromStdString(slide.name())));
  auto* form = new QFormLayout(dialog);
  for (const auto& [name, value] : factsOf(slide, tissue, quality)) {
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
