// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "viewer/slide/channel.h"

namespace geneglass {

/// How channels are shown, as a case keeps it: a JSON list of name, shown, colour, low and high.
std::string textOf(const std::vector<Channel>& channels);

/// The channels of a slide as `text` says. As they were opened where it is not of as many channels of the
/// same names, or says what cannot be.
std::vector<Channel> channelsAs(std::string_view text, const std::vector<Channel>& opened);

}  // namespace geneglass
