// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/session/slide_colours.h"
#include "viewer/wording/number_text.h"

#include <QObject>
#include <QStringList>
#include <cmath>
#include <utility>

namespace geneglass {
namespace {

std::shared_ptr<const ColourCube> cubeBetween(std::span<const uint8_t> slide,
                                              std::span<const uint8_t> screen) {
  Result<ColourCube> cube = screenCube(slide, screen);
  return cube ? std::make_shared<const ColourCube>(std::move(*cube)) : nullptr;
}

DisplayColour withoutProfiles(const SlideColours& known, const PictureChoice& choice) {
  DisplayColour colour;
  colour.brightness = choice.brightness;
  colour.contrast = choice.contrast;
  colour.gamma = choice.gamma;
  colour.stain = choice.stain;
  if (choice.estimatedStains) colour.stains = known.stains.stains;
  colour.useProfile = choice.useProfile;
  return colour;
}

}  // namespace

SlideColours makeColours(const Slide& slide, const ScreenProfile& screen) {
  SlideColours colours;
  if (!slide.colourProfile.empty()) colours.toSrgb = cubeBetween(slide.colourProfile, {});
  colours.toScreen = colours.toSrgb;
  if (screen.bytes.empty()) return colours;
  colours.srgbToScreen = cubeBetween({}, screen.bytes);
  if (colours.toSrgb) colours.toScreen = cubeBetween(slide.colourProfile, screen.bytes);
  return colours;
}

DisplayColour screenColour(const SlideColours& known, const PictureChoice& choice) {
  DisplayColour colour = withoutProfiles(known, choice);
  colour.profile = known.toScreen;
  colour.screen = known.srgbToScreen;
  return colour;
}

DisplayColour fileColour(const SlideColours& known, const PictureChoice& choice) {
  DisplayColour colour = withoutProfiles(known, choice);
  colour.profile = known.toSrgb;
  return colour;
}

QStringList pictureChanges(const DisplayColour& colour) {
  QStringList changes;
  if (colour.stain != StainView::All) {
    const QString vectors = colour.stains == StainVectors{} ? QObject::tr("standard stain vectors")
                                                            : QObject::tr("stain vectors of this slide");
    changes << (colour.stain == StainView::Haematoxylin ? QObject::tr("haematoxylin only (%1)")
                                                        : QObject::tr("eosin only (%1)"))
                   .arg(vectors);
  }
  const auto percent = [](double share) {
    const auto whole = static_cast<int>(std::lround(100 * share));
    return (whole > 0 ? QStringLiteral("+%1 %") : QStringLiteral("%1 %")).arg(whole);
  };
  if (colour.brightness != 0) changes << QObject::tr("brightness %1").arg(percent(colour.brightness));
  if (colour.contrast != 1) changes << QObject::tr("contrast %1").arg(percent(colour.contrast - 1));
  if (colour.gamma != 1) changes << QObject::tr("gamma %1").arg(numberText(colour.gamma, 2));
  return changes;
}

QString colourSentence(const DisplayColour& colour) {
  QStringList parts;
  if (colour.showsProfile()) parts << QObject::tr("slide profile → sRGB");
  parts << pictureChanges(colour);
  return parts.empty() ? QString() : QObject::tr("Colours: %1.").arg(parts.join(QStringLiteral(", ")));
}

}  // namespace geneglass
