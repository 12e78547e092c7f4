// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <lcms2.h>

#include <cstdint>
#include <vector>

namespace geneglass::testing {

inline std::vector<uint8_t> bytesOf(cmsHPROFILE profile) {
  cmsUInt32Number size = 0;
  cmsSaveProfileToMem(profile, nullptr, &size);
  std::vector<uint8_t> bytes(size);
  cmsSaveProfileToMem(profile, bytes.data(), &size);
  cmsCloseProfile(profile);
  return bytes;
}

enum class Gamut { Adobe, ProPhoto };

/// Primaries, white and curve of Adobe RGB (1998) and of ROMM RGB.
inline std::vector<uint8_t> wideGamutProfile(Gamut gamut) {
  const bool adobe = gamut == Gamut::Adobe;
  const cmsCIExyY white = adobe ? cmsCIExyY{0.3127, 0.3290, 1} : cmsCIExyY{0.3457, 0.3585, 1};
  const cmsCIExyYTRIPLE primaries =
      adobe ? cmsCIExyYTRIPLE{{0.64, 0.33, 1}, {0.21, 0.71, 1}, {0.15, 0.06, 1}}
            : cmsCIExyYTRIPLE{{0.7347, 0.2653, 1}, {0.1596, 0.8404, 1}, {0.0366, 0.0001, 1}};
  cmsToneCurve* curve = cmsBuildGamma(nullptr, adobe ? 563.0 / 256 : 1.8);
  cmsToneCurve* curves[] = {curve, curve, curve};
  cmsHPROFILE profile = cmsCreateRGBProfile(&white, &primaries, curves);
  cmsFreeToneCurve(curve);
  cmsMLU* name = cmsMLUalloc(nullptr, 1);
  cmsMLUsetASCII(name, "en", "US", adobe ? "made: Adobe" : "made: ProPhoto");
  cmsWriteTag(profile, cmsSigProfileDescriptionTag, name);
  cmsMLUfree(name);
  return bytesOf(profile);
}

inline std::vector<uint8_t> srgbProfile() {
  return bytesOf(cmsCreate_sRGBProfile());
}

inline std::vector<uint8_t> greyProfile() {
  cmsToneCurve* curve = cmsBuildGamma(nullptr, 2.2);
  cmsHPROFILE profile = cmsCreateGrayProfile(cmsD50_xyY(), curve);
  cmsFreeToneCurve(curve);
  return bytesOf(profile);
}

/// Only the header says so: it is refused before its tables are read.
inline std::vector<uint8_t> cmykProfile() {
  cmsHPROFILE profile = cmsCreate_sRGBProfile();
  cmsSetColorSpace(profile, cmsSigCmykData);
  return bytesOf(profile);
}

inline std::vector<uint8_t> linkProfile() {
  cmsHPROFILE profile = cmsCreate_sRGBProfile();
  cmsSetDeviceClass(profile, cmsSigLinkClass);
  return bytesOf(profile);
}

}  // namespace geneglass::testing
