// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "viewer/slide/channel.h"
#include "viewer/slide/channels/plane.h"
#include "viewer/slide/image.h"

namespace geneglass {

/// The sum of what the channels show: one plane of equal size for each, see Channel. What is lost of a plane
/// has alpha 0. Pure.
Image mix(std::span<const PlanePtr> planes, std::span<const Channel> channels);

}  // namespace geneglass
