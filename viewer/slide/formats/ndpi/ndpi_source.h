// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>

#include "viewer/slide/formats/driver.h"
#include "viewer/slide/formats/file_head.h"
#include "viewer/slide/formats/ndpi/ndpi_directories.h"
#include "viewer/slide/formats/ndpi/restart_jpeg.h"

namespace geneglass {

/// The driver over Hamamatsu's NDPI, of any size: each level is one JPEG with restart markers, decoded in
/// parts (restart_jpeg.h). The plane of focus nearest to 0 is shown. Handed on where a level cannot be cut,
/// or several pictures have one size.
Result<std::optional<DriverOutcome>> openNdpi(const FileHead& head);

/// Decodes one picture of the file; null where it cannot be cut.
std::shared_ptr<const RestartJpegReader> ndpiReader(const std::shared_ptr<const PositionedFile>& file,
                                                    NdpiDirectory directory);

extern const Driver kNdpiDriver;

}  // namespace geneglass
