// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/colour_profile.h"

#include <fmt/format.h>
#include <lcms2.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <type_traits>
#include <utility>

namespace geneglass {
namespace {

template <auto close>
struct Closed {
  template <typename T>
  void operator()(T* handle) const {
    close(handle);
  }
};

using Context = std::unique_ptr<std::remove_pointer_t<cmsContext>, Closed<cmsDeleteContext>>;
using Profile = std::unique_ptr<void, Closed<cmsCloseProfile>>;
using Transform = std::unique_ptr<void, Closed<cmsDeleteTransform>>;
using ToneCurve = std::unique_ptr<cmsToneCurve, Closed<cmsFreeToneCurve>>;

void ignore(cmsContext, cmsUInt32Number, const char*) {}

/// A context of its own each time: lcms2 then shares nothing between threads, and writes nowhere.
Context makeContext() {
  Context context(cmsCreateContext(nullptr, nullptr));
  cmsSetLogErrorHandlerTHR(context.get(), ignore);
  return context;
}

/// IEC 61966-2-1's white and primaries, without its curve.
Profile linearSrgb(cmsContext context) {
  const cmsCIExyY white{0.3127, 0.3290, 1};
  const cmsCIExyYTRIPLE primaries{{0.64, 0.33, 1}, {0.30, 0.60, 1}, {0.15, 0.06, 1}};
  const ToneCurve line(cmsBuildGamma(context, 1));
  const std::array<cmsToneCurve*, 3> curves{line.get(), line.get(), line.get()};
  return Profile(cmsCreateRGBProfileTHR(context, &white, &primaries, curves.data()));
}

std::string spaceInWords(cmsColorSpaceSignature space) {
  if (space == cmsSigGrayData) return "grey";
  if (space == cmsSigCmykData) return "CMYK";
  std::string letters;
  for (int shift = 24; shift >= 0; shift -= 8)
    if (const auto letter = static_cast<char>(space >> shift & 0xff); letter > ' ' && letter < 127)
      letters += letter;
  return letters;
}

/// Whose colours a profile describes.
enum class Owner { Slide, Screen };

bool describes(Owner owner, cmsProfileClassSignature kind) {
  if (kind == cmsSigDisplayClass || kind == cmsSigColorSpaceClass) return true;
  return owner == Owner::Slide && (kind == cmsSigInputClass || kind == cmsSigOutputClass);
}

tl::unexpected<Error> refused(Owner owner, std::string_view reason) {
  return fail(fmt::format("The {}'s colour profile is not used: {}.",
                          owner == Owner::Slide ? "slide" : "screen", reason));
}

/// A profile of the right kind. No bytes: sRGB.
Result<Profile> openProfile(cmsContext context, std::span<const uint8_t> bytes, Owner owner) {
  if (bytes.empty()) return Profile(cmsCreate_sRGBProfileTHR(context));
  if (bytes.size() > kLargestColourProfile)
    return refused(owner, fmt::format("its {} bytes are more than a profile has", bytes.size()));
  Profile profile(
      cmsOpenProfileFromMemTHR(context, bytes.data(), static_cast<cmsUInt32Number>(bytes.size())));
  if (!profile) return refused(owner, "it is damaged");
  if (const auto space = cmsGetColorSpace(profile.get()); space != cmsSigRgbData)
    return refused(owner, fmt::format("it is for {}, not for RGB", spaceInWords(space)));
  if (!describes(owner, cmsGetDeviceClass(profile.get())))
    return refused(owner, owner == Owner::Slide ? "it does not describe a scanner, a screen or a colour space"
                                                : "it does not describe a screen or a colour space");
  return profile;
}

Transform between(cmsContext context, const Profile& from, const Profile& to) {
  return Transform(cmsCreateTransformTHR(
      context, from.get(), TYPE_RGB_FLT, to.get(), TYPE_RGB_FLT, INTENT_RELATIVE_COLORIMETRIC,
      cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_NOOPTIMIZE | cmsFLAGS_NOCACHE));
}

/// Usable profiles and the way from the first to the second.
struct Opened {
  Context context = makeContext();
  Profile slide;
  Profile screen;
  Transform toScreen;  ///< three floats to three
};

/// To the linear light of sRGB where `screen` is empty, else to what the screen is sent.
Result<Opened> openProfiles(std::span<const uint8_t> slide, std::span<const uint8_t> screen) {
  Opened opened;
  cmsContext context = opened.context.get();
  Result<Profile> from = openProfile(context, slide, Owner::Slide);
  if (!from) return tl::unexpected(from.error());
  Result<Profile> to =
      screen.empty() ? Result<Profile>(linearSrgb(context)) : openProfile(context, screen, Owner::Screen);
  if (!to) return tl::unexpected(to.error());
  opened.slide = std::move(*from);
  opened.screen = std::move(*to);
  opened.toScreen = between(context, opened.slide, opened.screen);
  if (opened.toScreen) return opened;
  const Transform slideAlone = between(context, opened.slide, linearSrgb(context));
  return refused(slideAlone ? Owner::Screen : Owner::Slide,
                 "it is damaged: it does not say what its colours are");
}

/// sRGB's curve backwards (IEC 61966-2-1): what the shader turns into `level` again.
float lightOf(float level) {
  const float inside = std::clamp(level, 0.0f, 1.0f);
  return inside <= 0.04045f ? inside / 12.92f : std::pow((inside + 0.055f) / 1.055f, 2.4f);
}

/// Printable ASCII, so that no profile can garble a terminal.
std::string nameOf(cmsHPROFILE profile) {
  std::array<char, 200> text{};
  cmsGetProfileInfoASCII(profile, cmsInfoDescription, "en", "US", text.data(), text.size() - 1);
  std::string name = text.data();
  std::erase_if(name, [](char letter) { return letter < ' ' || letter > '~'; });
  return name.empty() ? "unnamed" : name;
}

}  // namespace

EmbeddedProfile embeddedProfile(std::vector<uint8_t> bytes) {
  EmbeddedProfile found;
  if (bytes.empty()) return found;
  Result<std::string> name = colourProfileName(bytes);
  if (!name) {
    found.refusal = std::move(name.error().sentence);
    return found;
  }
  found.name = std::move(*name);
  found.bytes = std::move(bytes);
  return found;
}

Result<std::string> colourProfileName(std::span<const uint8_t> profile) {
  if (profile.empty()) return refused(Owner::Slide, "it is damaged");
  const Result<Opened> opened = openProfiles(profile, {});
  if (!opened) return tl::unexpected(opened.error());
  return nameOf(opened->slide.get());
}

Result<std::string> screenProfileName(std::span<const uint8_t> profile) {
  if (profile.empty()) return refused(Owner::Screen, "it is damaged");
  const Result<Opened> opened = openProfiles({}, profile);
  if (!opened) return tl::unexpected(opened.error());
  return nameOf(opened->screen.get());
}

Result<ColourCube> displayCube(std::span<const uint8_t> profile, int size) {
  if (profile.empty()) return refused(Owner::Slide, "it is damaged");
  return screenCube(profile, {}, size);
}

Result<ColourCube> screenCube(std::span<const uint8_t> slide, std::span<const uint8_t> screen, int size) {
  const Result<Opened> opened = openProfiles(slide, screen);
  if (!opened) return tl::unexpected(opened.error());
  std::vector<float> points;
  const float step = 1.0f / static_cast<float>(size - 1);
  for (int blue = 0; blue < size; ++blue)
    for (int green = 0; green < size; ++green)
      for (int red = 0; red < size; ++red)
        for (const int index : {red, green, blue}) points.push_back(static_cast<float>(index) * step);
  ColourCube cube{size, std::vector<float>(points.size())};
  cmsDoTransform(opened->toScreen.get(), points.data(), cube.values.data(),
                 static_cast<cmsUInt32Number>(points.size() / 3));
  if (!screen.empty()) std::ranges::transform(cube.values, cube.values.begin(), lightOf);
  return cube;
}

}  // namespace geneglass
