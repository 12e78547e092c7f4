// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "app/desktop/workplace/slide_opener.h"

namespace geneglass {

/// Micrometres per level-0 pixel that the user typed for a slide, by Slide::hash, kept from run to run: a
/// copy of the file under another name has it too. Any thread.
std::optional<double> typedPixelSize(const std::string& slideHash);
void rememberPixelSize(const std::string& slideHash, double mpp);
void forgetPixelSize(const std::string& slideHash);

/// Opens as `open` does, with the pixel size that was typed for the slide, where no other is asked for.
SlideOpener::Open withTypedPixelSize(SlideOpener::Open open);

}  // namespace geneglass
