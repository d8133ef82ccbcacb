// All that GenAi.java maps.
#pragma once
#include "grevy/batching.hpp"
#include "grevy/bytes.hpp"
#include "grevy/checks.hpp"
#include "grevy/encoder.hpp"
#include "grevy/options.hpp"
#include "grevy/pictures.hpp"
#include "grevy/scheduling.hpp"
#include "grevy/sequential.hpp"
#include "grevy/tokens.hpp"
#include "grevy/versions.hpp"
