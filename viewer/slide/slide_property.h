// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace geneglass {

/// Something a slide's file says beside its pixels: "aperio.Barcode".
struct SlideProperty {
  std::string name;
  std::string value;
};

}  // namespace geneglass
