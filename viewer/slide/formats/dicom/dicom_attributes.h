// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include "viewer/foundation/result.h"
#include "viewer/slide/formats/dicom/dicom_outline.h"

namespace geneglass {

/// The attributes of an outline, taken apart by DCMTK, which is given nothing else of the file. The error is
/// a reason without the file's name. Any thread.
Result<std::unique_ptr<DcmDataset>> dicomAttributes(const DicomOutline& outline);

}  // namespace geneglass
