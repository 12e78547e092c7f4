// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/slide/channels/channel_layout.h"

namespace geneglass {

/// ImageJ and Fiji: the first directory's description has "channels=", "slices=", "frames="; planes follow
/// one another as directories or, beyond 4 GB, without any, right behind the first one's. The middle slice
/// and the first frame are taken. Ranges and colours come from tag 50839, else from "min=" and "max=". Pure.
FoundLayout imagejLayout(const std::vector<TiffPage>& pages, bool isBigEndian);

}  // namespace geneglass
