// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "viewer/annotation/shape.h"

namespace geneglass {

/// A kind of annotation, named once with its colour: "Tumour". Its name is its identity.
struct AnnotationClass {
  std::string name;
  uint32_t colour = 0xffc80000;  ///< opaque 0xAARRGGBB
  bool operator==(const AnnotationClass&) const = default;
};

/// One thing drawn on a slide.
struct Annotation {
  std::string id;  ///< unique within its set: a UUID of ours, or what the file said where that is unique
  Shape shape;     ///< level-0 pixels
  std::string className;  ///< empty: without a class
  std::string name;
  std::string notes;
  std::optional<uint32_t> colour;  ///< its own, opaque 0xAARRGGBB; else its class's
  bool locked = false;             ///< neither edited nor deleted until unlocked
  bool operator==(const Annotation&) const = default;
};

/// A fresh UUID in lower case: "6423a977-ffff-48db-affc-cd11632010f0". Any thread.
std::string freshAnnotationId();

}  // namespace geneglass
