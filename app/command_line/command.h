// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <stop_token>

#include "viewer/foundation/result.h"

namespace geneglass {

/// How a command ended: nothing, or the sentence that standard error gets (exit status 1).
using Outcome = Result<void>;

/// What a parsed call runs; `stop` is asked for by Ctrl-C.
using Run = std::function<Outcome(std::stop_token stop)>;

/// Each command declares its options on `program` and, when it is the one called, puts itself into `run`.
/// One file a command; main.cpp lists them. A wrong call never reaches `run`: CLI11 ends it with status 2.
void addInfoCommand(CLI::App& program, Run& run);
void addSynthCommand(CLI::App& program, Run& run);
void addExtractCommand(CLI::App& program, Run& run);
void addPredictCommand(CLI::App& program, Run& run);
void addCollectCommand(CLI::App& program, Run& run);
void addPretrainCommand(CLI::App& program, Run& run);
void addTrainCommand(CLI::App& program, Run& run);
void addCalibrateCommand(CLI::App& program, Run& run);
void addImportEncoderCommand(CLI::App& program, Run& run);
void addDomainCommand(CLI::App& program, Run& run);
void addModelsCommand(CLI::App& program, Run& run);
void addEvaluateCommand(CLI::App& program, Run& run);
void addSpotCohortCommand(CLI::App& program, Run& run);
void addSpotsCommand(CLI::App& program, Run& run);
void addSubtypeCommand(CLI::App& program, Run& run);
void addCacheCommand(CLI::App& program, Run& run);
void addDoctorCommand(CLI::App& program, Run& run);
void addCompareCommand(CLI::App& program, Run& run);
void addConvertCommand(CLI::App& program, Run& run);
void addBenchCommand(CLI::App& program, Run& run);

}  // namespace geneglass
