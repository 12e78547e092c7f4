// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace geneglass::testing {

/// The words of one operation: its name, then what it takes. In quotes, \t \n \" \\ and \xHH are letters of
/// their own, and "ab"*3 is "ababab".
using DamageWords = std::vector<std::string>;
/// Of a recipe: operations that a semicolon divides, words that blanks divide. Throws std::runtime_error.
std::vector<DamageWords> damageOf(const std::string& recipe);

/// Changes a file. Throws std::runtime_error where it cannot.
using Damage = std::function<void(const std::filesystem::path& file, const DamageWords& words)>;
using Damages = std::map<std::string, Damage>;

const Damages& bytesDamages();  ///< cut, put, text, replace, ...: see README.md
const Damages& tiffDamages();
const Damages& jsonDamages();
const Damages& hdf5Damages();

/// Does all of a recipe to the file.
void damage(const std::filesystem::path& file, const std::string& recipe);

std::string bytesIn(const std::filesystem::path& file);
void putBytes(const std::filesystem::path& file, const std::string& bytes);
/// The word at `place`, or a refusal that says which operation lacks it.
const std::string& wordAt(const DamageWords& words, size_t place);
int64_t wholeAt(const DamageWords& words, size_t place);

}  // namespace geneglass::testing
