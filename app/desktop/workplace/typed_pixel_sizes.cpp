// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/workplace/typed_pixel_sizes.h"

#include <QSettings>
#include <QString>
#include <utility>

namespace geneglass {

static QString pixelSizeKey(const std::string& slideHash) {
  return QStringLiteral("pixelSize/") + QString::fromStdString(slideHash);
}

std::optional<double> typedPixelSize(const std::string& slideHash) {
  if (slideHash.empty()) return {};
  const double mpp = QSettings().value(pixelSizeKey(slideHash)).toDouble();
  return mpp > 0 ? std::optional(mpp) : std::nullopt;
}

void rememberPixelSize(const std::string& slideHash, double mpp) {
  if (!slideHash.empty()) QSettings().setValue(pixelSizeKey(slideHash), mpp);
}

void forgetPixelSize(const std::string& slideHash) {
  QSettings().remove(pixelSizeKey(slideHash));
}

SlideOpener::Open withTypedPixelSize(SlideOpener::Open open) {
  return [open = std::move(open)](const std::filesystem::path& file, std::optional<double> userMpp) {
    auto opened = open(file, userMpp);
    if (!opened || userMpp || !opened->slide) return opened;
    const auto typed = typedPixelSize(opened->slide->hash);
    return typed ? open(file, *typed) : opened;
  };
}

}  // namespace geneglass
